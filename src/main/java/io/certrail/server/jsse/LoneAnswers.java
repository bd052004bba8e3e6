package io.certrail.server.jsse;

import io.certrail.event.RefusedBy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.certrail.server.BrokenHead;
import io.certrail.server.StricterRules;
import java.util.function.BooleanSupplier;

/**
 * Records the requests of HTTP/1.1 that the server answered and of which no filter heard: those that its parser or its
 * container refused, and those of other applications. Only where requests can be joined to their connections, as it is
 * by counting them that the others are found; and only of connections seen from their beginning.
 */
final class LoneAnswers implements HookListener {
    private static final int BAD_REQUEST = 400;
    private static final int VERSION_NOT_SUPPORTED = 505;

    private final Recorder recorder;
    private final BooleanSupplier joined;

    /** @param joined whether this server's requests can be joined */
    LoneAnswers(Recorder recorder, BooleanSupplier joined) {
        this.recorder = recorder;
        this.joined = joined;
    }

    @Override
    public boolean wantsAnswers() {
        return true;
    }

    @Override
    public void answered(HookedConnection connection, Answer answer) {
        if (joined.getAsBoolean() && connection.isAlone(answer.ordinal())) {
            record(connection, answer);
        }
    }

    private void record(HookedConnection connection, Answer answer) {
        BrokenHead head = BrokenHead.read(answer.head());
        RequestInFlight request = recorder.open(
                answer.head().length == 0 ? RequestIdentity.unknown() : RequestIdentity.of(head),
                connection.facts(),
                answer.headNanos());
        request.status(answer.status());
        boolean malformed = answer.status() == BAD_REQUEST || answer.status() == VERSION_NOT_SUPPORTED;
        if (malformed) {
            request.fault(head.fault(false, StricterRules.ANY));
        }
        if (answer.status() >= BAD_REQUEST) {
            request.refusedBy(malformed || !answer.headComplete() ? RefusedBy.HTTP_PARSER : RefusedBy.CONTAINER);
        }
        request.close();
    }
}
