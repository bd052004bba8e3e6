package io.certrail.jaxrs;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestInFlight;
import io.certrail.recorder.ServerCode;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NoContentException;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Notes that a request's body is not the JSON that was asked for, or never came whole; whoever answers that sees the exception as before. */
final class BodyFault implements ReaderInterceptor {
    private static final int DEPTH = 8;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = new ReceivedBody(context.getInputStream());
        context.setInputStream(body);
        try {
            return context.proceed();
        } catch (RuntimeException | IOException e) {
            Fault fault = fault(body, e, context.getMediaType());
            if (fault != null && context.getProperty(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight) {
                inFlight.fault(fault);
            }
            throw e;
        }
    }

    /** A body of which the rest never came is not malformed, whatever the parser says of its beginning. */
    private static @Nullable Fault fault(ReceivedBody body, Exception thrown, @Nullable MediaType type) {
        IOException failure = body.failure();
        if (failure != null) {
            // the application has streams of its own, which unpack, say
            return isIn(failure, ServerCode::threw) ? lost(failure) : null;
        }
        if (isIn(thrown, NoContentException.class::isInstance)) {
            return isJson(type) ? Fault.of(Reason.MALFORMED_JSON, "the body is empty") : null;
        }
        return isMalformed(thrown, type) ? Fault.of(Reason.MALFORMED_JSON) : null;
    }

    private static Fault lost(IOException failure) {
        return isTimeout(failure)
                ? Fault.of(Reason.REQUEST_TIMEOUT, "the server timed out waiting for the rest of the body")
                : Fault.of(Reason.CLIENT_ABORTED, "the client closed the connection in the body");
    }

    /** Grizzly has no exception of its own for that over HTTP/2, XNIO's is an interruption of reading, as the JDK's is. */
    private static boolean isTimeout(IOException failure) {
        return isIn(failure, TimeoutException.class::isInstance)
                || "Blocking read timeout".equals(failure.getMessage())
                || isIn(failure, InterruptedIOException.class::isInstance);
    }

    private static boolean isIn(Throwable thrown, Predicate<Throwable> sought) {
        Throwable cause = thrown;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (sought.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isMalformed(Exception thrown, @Nullable MediaType type) {
        Throwable cause = thrown;
        boolean json = thrown instanceof ProcessingException && isJson(type);
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (cause instanceof WebApplicationException refusal
                    && refusal.getResponse().getStatus() != 400) {
                return false;
            }
            json |= cause instanceof JsonException || cause instanceof JsonbException;
            cause = cause.getCause();
        }
        return json;
    }

    private static boolean isJson(@Nullable MediaType type) {
        String subtype = type == null ? "" : type.getSubtype().toLowerCase(Locale.ROOT);
        return subtype.equals("json") || subtype.endsWith("+json");
    }
}
