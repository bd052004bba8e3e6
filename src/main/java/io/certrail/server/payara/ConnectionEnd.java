package io.certrail.server.payara;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.server.ConnectionFaults;
import io.certrail.tls.Ending;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.glassfish.grizzly.CloseReason;
import org.glassfish.grizzly.CloseType;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended.
 *
 * @param cause what the transport or a filter threw, {@code null} at an orderly end
 */
record ConnectionEnd(Ending ending, @Nullable Throwable cause) {
    /** @param readFailure what the last read threw, where the close reason does not tell */
    static ConnectionEnd of(@Nullable CloseReason reason, @Nullable IOException readFailure) {
        Throwable cause = readFailure != null ? readFailure : reason == null ? null : reason.getCause();
        return new ConnectionEnd(ending(reason, cause), cause);
    }

    private static Ending ending(@Nullable CloseReason reason, @Nullable Throwable cause) {
        if (reason != null && reason.getType() == CloseType.REMOTELY) {
            return cause != null && isReset(cause) ? Ending.RESET_BY_CLIENT : Ending.CLOSED_BY_CLIENT;
        }
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof TimeoutException || e instanceof SocketTimeoutException) {
                return Ending.TIMED_OUT;
            }
        }
        // An idle connection is closed by Grizzly's timers, which give no cause of their own.
        return reason == null || cause == CloseReason.LOCALLY_CLOSED_REASON.getCause()
                ? Ending.TIMED_OUT
                : Ending.CLOSED_BY_SERVER;
    }

    private static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("reset") || message.contains("roken pipe");
    }

    /** Whether what was under way is lost, even an answer that had been handed to the transport. */
    boolean isLoss() {
        return cause != null && !(cause instanceof EOFException) && ending != Ending.TIMED_OUT;
    }

    /** Whether the server ended it because of what the client sent. */
    boolean isRefusal() {
        return ending == Ending.CLOSED_BY_SERVER && cause != null;
    }

    /** What that means for a request that was under way. */
    Fault fault() {
        return ending == Ending.CLOSED_BY_SERVER ? refusal() : ConnectionFaults.ofEnd(ending);
    }

    /** What it means for a request that the server took up only after the end: it was sent ahead. */
    Fault lateFault() {
        return ending == Ending.TIMED_OUT
                ? Fault.of(Reason.SERVER_ERROR, "the server had ended the connection before this request's turn")
                : fault();
    }

    private Fault refusal() {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof SSLException) {
                return ConnectionFaults.afterHandshake(e);
            }
        }
        return Fault.of(Reason.SERVER_ERROR, "the server ended the connection");
    }
}
