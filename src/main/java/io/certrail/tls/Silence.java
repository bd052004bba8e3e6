package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.Optional;

/** A client that connected and sent nothing. */
final class Silence {
    private Silence() {}

    static Optional<Fault> fault(Evidence evidence) {
        if (!evidence.received().isEmpty()) {
            return Optional.empty();
        }
        return switch (evidence.ending()) {
            case TIMED_OUT -> Optional.of(Fault.of(Reason.HANDSHAKE_TIMEOUT, "client connected but sent nothing"));
            case CLOSED_BY_CLIENT ->
                Optional.of(Fault.of(Reason.NO_DATA, "client closed the connection without sending any data"));
            case RESET_BY_CLIENT ->
                Optional.of(Fault.of(Reason.NO_DATA, "client reset the connection without sending any data"));
            case CLOSED_BY_SERVER ->
                Optional.of(Fault.of(
                        Reason.INTERNAL_ERROR, "the server closed the connection before the client sent anything"));
            default -> Optional.empty();
        };
    }
}
