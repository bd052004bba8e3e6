package io.certrail.jaxrs;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestInFlight;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notes that a request's body is not the JSON that was asked for; whoever answers that sees the exception as before. */
final class BodyFault implements ReaderInterceptor {
    private static final int DEPTH = 8;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        try {
            return context.proceed();
        } catch (RuntimeException e) {
            if (isMalformed(e, context.getMediaType())
                    && context.getProperty(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight) {
                inFlight.fault(Fault.of(Reason.MALFORMED_JSON));
            }
            throw e;
        }
    }

    private static boolean isMalformed(RuntimeException thrown, @Nullable MediaType type) {
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
