package io.certrail.server;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.tls.Ending;
import java.io.EOFException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended, or is about to.
 *
 * @param cause what reading, writing or TLS threw, {@code null} at an orderly end
 */
public record ConnectionEnd(Ending ending, @Nullable Throwable cause) {
    /** Whether what was under way is lost, even an answer that had been handed to the transport. */
    public boolean isLoss() {
        return cause != null && !(cause instanceof EOFException) && ending != Ending.TIMED_OUT;
    }

    /** Whether the server ended it because of what the client sent. */
    public boolean isRefusal() {
        return ending == Ending.CLOSED_BY_SERVER && cause != null;
    }

    /** Whether the server ended it because TLS broke. */
    public boolean isOfTls() {
        return isRefusal() && tlsFailure() != null;
    }

    /** What that means for a request that was under way. */
    public Fault fault() {
        return ending == Ending.CLOSED_BY_SERVER ? refusal() : ConnectionFaults.ofEnd(ending);
    }

    /** What it means for a request that the server took up only after the end: it was sent ahead. */
    public Fault lateFault() {
        return ending == Ending.TIMED_OUT
                ? Fault.of(Reason.SERVER_ERROR, "the server had ended the connection before this request's turn")
                : fault();
    }

    private Fault refusal() {
        SSLException failure = tlsFailure();
        return failure == null
                ? Fault.of(Reason.SERVER_ERROR, "the server ended the connection")
                : ConnectionFaults.afterHandshake(failure);
    }

    private @Nullable SSLException tlsFailure() {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof SSLException failure) {
                return failure;
            }
        }
        return null;
    }
}
