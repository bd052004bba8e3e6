package io.certrail.servlet;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.ServerCode;
import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exception that left the application means. Its message is left out: it may quote what was asked or stored.
 */
final class ServletFault {
    private static final int DEPTH = 16;
    /** Each server has its own; none has a common superclass below IOException. */
    private static final Set<String> CLIENT_GONE = Set.of("ClientAbortException", "EofException");

    private ServletFault() {}

    static Fault of(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            Reason gone = gone(cause);
            if (gone != null) {
                return Fault.of(gone);
            }
            cause = cause.getCause();
        }
        return Fault.of(Reason.SERVER_ERROR, unwrapped(thrown).getClass().getName());
    }

    /** The status with which a container answers it: Jakarta Servlet 6.0, sections 2.3.3.2 and 10.9.2. */
    static int status(Throwable thrown) {
        if (unwrapped(thrown) instanceof UnavailableException unavailable) {
            return unavailable.isPermanent()
                    ? HttpServletResponse.SC_NOT_FOUND
                    : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof ServletException wrapper
                && !(cause instanceof UnavailableException)
                && wrapper.getRootCause() != null) {
            cause = wrapper.getRootCause();
        }
        return cause;
    }

    /** The way in which the client went away, {@code null} if that is not what happened. */
    private static @Nullable Reason gone(Throwable cause) {
        if (!(cause instanceof IOException) || cause instanceof EOFException) {
            return null;
        }
        if (CLIENT_GONE.contains(cause.getClass().getSimpleName())) {
            return Reason.CLIENT_ABORTED;
        }
        return ServerCode.threw(cause) ? goneSaid(cause) : null;
    }

    private static @Nullable Reason goneSaid(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            return Reason.CLIENT_ABORTED;
        }
        String message = String.valueOf(cause.getMessage());
        if (message.startsWith("Connection reset")) {
            return Reason.CLIENT_RESET;
        }
        // the second is Grizzly's, which has no exception of its own for it
        boolean closed = message.startsWith("Broken pipe") || message.equals("Connection is closed");
        return closed ? Reason.CLIENT_ABORTED : null;
    }
}
