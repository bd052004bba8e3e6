package io.certrail.server.jsse;

import io.certrail.event.Fault;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.Rfc3339;
import io.certrail.event.TrailEvent;
import io.certrail.recorder.Recorder;
import io.certrail.server.HandshakeRecords;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Hears the hook's facts, one after the other, and records what they are. Never throws. */
final class HookFacts implements Flow.Subscriber<Map<String, Object>>, Predicate<String>, AutoCloseable {
    private static final int AHEAD = 256;

    private final Recorder recorder;
    private final HookConnections connections;
    private final HandshakeRecords records;
    private final HookListener listener;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable refusal;
    private int sinceRequest;

    HookFacts(Recorder recorder, HookConnections connections, HookListener listener) {
        this.recorder = recorder;
        this.connections = connections;
        this.listener = listener;
        records = HandshakeRecords.begin(recorder);
    }

    /** Whether a fact of this name is wanted. */
    @Override
    public boolean test(String name) {
        return !name.equals("answered") || listener.wantsAnswers();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(Map<String, Object> members) {
        try {
            take(new HookFact(members));
        } catch (Throwable e) { // an error must not end the only one who hears without a word
            recorder.hookFailed("CTR0641 A fact of the JSSE hook could not be taken", e);
        }
        Flow.Subscription given = subscription;
        sinceRequest++;
        if (given != null && sinceRequest == AHEAD / 2) {
            sinceRequest = 0;
            given.request(AHEAD / 2);
        }
    }

    private void take(HookFact fact) {
        switch (fact.name()) {
            case "accepted" -> accepted(fact);
            case "handshake" -> judged(fact);
            case "authenticated" -> authenticated(fact);
            case "answered" -> answered(fact);
            case "closed" -> closed(fact);
            case "gap" -> lost(fact);
            case "fault" -> failed(fact);
            default -> {
                // of a newer hook
            }
        }
    }

    private void accepted(HookFact fact) {
        connections.hold(connections.of(fact)).seenFromTheBeginning();
    }

    private void judged(HookFact fact) {
        HookedConnection connection;
        HandshakeFacts captured;
        try {
            HookedConnection told = connections.of(fact);
            connection = fact.isEstablished() ? connections.hold(told) : told;
            captured = capture(connection, fact);
        } catch (RuntimeException | Error e) {
            recorder.handshakesLost(1);
            forgetRefused(fact);
            throw e;
        }
        records.record(connection, captured, fact.nanos());
        if (forgetRefused(fact)) {
            listener.refused(connection, "timeout".equals(fact.text("verdict")));
        }
    }

    private HandshakeFacts capture(HookedConnection connection, HookFact fact) {
        connections.judged(connection, fact);
        Ending end = fact.isGivenUp() ? listener.ending(connection) : null;
        HookListener.Received socket = fact.isEstablished() ? null : listener.received(connection);
        return fact.handshake(end, socket);
    }

    /** Of a connection whose handshake was refused nothing more will be told. */
    private boolean forgetRefused(HookFact fact) {
        if (fact.isEstablished()) {
            return false;
        }
        connections.drop(fact.connection());
        return true;
    }

    private void authenticated(HookFact fact) {
        connections.of(fact).authenticated(fact);
    }

    private void answered(HookFact fact) {
        listener.answered(
                connections.of(fact),
                new HookListener.Answer(
                        (int) fact.number("ordinal", 0),
                        (int) fact.number("status", 0),
                        fact.bytesOrNone("head"),
                        fact.flag("headComplete"),
                        fact.number("headBytes", 0),
                        fact.number("headNanos", fact.nanos())));
    }

    private void closed(HookFact fact) {
        HookedConnection connection = connections.of(fact);
        connections.drop(fact.connection());
        String how = fact.text("how");
        listener.closed(
                connection,
                new HookListener.Closing(
                        how == null ? "abandoned" : how,
                        fact.thrown("failure"),
                        (int) fact.number("answers", 0),
                        (int) fact.number("unanswered", 0),
                        fact.bytes("head"),
                        fact.number("headBytes", 0),
                        fact.number("headNanos", fact.nanos())));
    }

    private void lost(HookFact fact) {
        connections.doubt();
        recorder.handshakesLost(fact.number("handshakes", 0));
        recorder.record(gap(fact));
    }

    private static TrailEvent gap(HookFact fact) {
        String cause = fact.text("cause");
        return new TrailEvent(
                TrailEvent.GAP,
                fact.time(),
                Outcome.FAILURE,
                Fault.of(Reason.INTERNAL_ERROR),
                List.of(
                        new NamedValue("from", Rfc3339.micros(fact.instant("from"))),
                        new NamedValue("to", Rfc3339.micros(fact.instant("to"))),
                        new NamedValue("count", Long.toString(fact.number("handshakes", 0))),
                        new NamedValue("facts", Long.toString(fact.number("count", 0))),
                        new NamedValue("cause", cause == null ? "the hook's buffer was full" : cause)));
    }

    private void failed(HookFact fact) {
        Throwable cause = fact.thrown("cause");
        recorder.hookFailed(
                "CTR0642 The JSSE hook failed " + fact.number("count", 1) + " times; this is the last",
                cause == null ? new IllegalStateException("unknown") : cause);
    }

    @Override
    public void onError(Throwable failure) {
        refusal = failure;
        recorder.hookFailed("CTR0643 The JSSE hook tells nothing", failure);
    }

    @Override
    public void onComplete() {
        // the hook never ends
    }

    /** Why the hook took no subscription, {@code null} if it did. */
    @Nullable
    Throwable refusal() {
        return refusal;
    }

    /** Cancels. */
    @Override
    public void close() {
        cancelled = true;
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
        records.close();
    }
}
