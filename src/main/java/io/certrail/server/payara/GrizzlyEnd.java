package io.certrail.server.payara;

import io.certrail.server.ConnectionEnd;
import io.certrail.tls.Ending;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.CloseReason;
import org.glassfish.grizzly.CloseType;
import org.jspecify.annotations.Nullable;

/** How a connection ended, from what Grizzly says. */
final class GrizzlyEnd {
    /** Its client ended HTTP/2 with GOAWAY, upon which Grizzly closes it without a cause, as one that is idle. */
    static final ConnectionEnd BY_GOODBYE = new ConnectionEnd(Ending.CLOSED_BY_CLIENT, null);

    private GrizzlyEnd() {}

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
}
