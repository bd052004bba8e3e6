package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.io.EOFException;
import java.net.SocketException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/** What the engine itself found wrong, where neither bytes nor certificates tell more. */
final class EngineFault {
    private EngineFault() {}

    static Optional<Fault> of(Evidence evidence) {
        if (!evidence.engineJudged()) {
            return Optional.empty();
        }
        if (evidence.causes().stream().anyMatch(AEADBadTagException.class::isInstance)) {
            return Optional.of(Fault.of(
                    Reason.BAD_RECORD_MAC,
                    "decryption failed: a protected record was tampered with or made with another key"));
        }
        return EngineText.of(evidence).row().map(row -> Fault.of(row.reason(), row.words()));
    }

    /**
     * The alert that JSSE made for its failure, by RFC 8446's name: stated by the exception, or known to go with its
     * text. Whether the server put it on the wire is not claimed; Grizzly, for one, does not always.
     */
    static @Nullable String alertSent(Evidence evidence) {
        if (!evidence.engineJudged() || ClientAlert.name(evidence).isPresent()) {
            return null;
        }
        EngineText text = EngineText.of(evidence);
        return text.alert() != null
                ? text.alert()
                : text.row().map(EngineText.Row::alert).orElse(null);
    }

    /** The fault of a handshake that failed and nobody knows why. */
    static Fault unexplained(Evidence evidence) {
        if (evidence.causes().stream().anyMatch(EOFException.class::isInstance)) {
            return Fault.of(Reason.CLIENT_ABORTED, "client closed the connection after " + GivenUp.progress(evidence));
        }
        if (evidence.causes().stream().anyMatch(SocketException.class::isInstance)) {
            return Fault.of(Reason.CLIENT_RESET, "client sent a TCP reset after " + GivenUp.progress(evidence));
        }
        if (EngineText.of(evidence).isClosing()) {
            return Fault.of(Reason.CLIENT_ABORTED, "client closed the connection after " + GivenUp.progress(evidence));
        }
        String text = EngineText.of(evidence).text();
        return Fault.of(Reason.INTERNAL_ERROR, text.isEmpty() ? "the server gave no cause" : text);
    }
}
