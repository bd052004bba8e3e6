package io.certrail.api;

import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what JAX-RS or a resource refused: not found, not allowed, not acceptable, forbidden and so on. Headers that
 * belong to the refusal ({@code Allow}, {@code Retry-After}, {@code WWW-Authenticate}) are kept.
 */
public final class RefusalMapper implements ExceptionMapper<WebApplicationException> {
    private static final Set<String> OF_THE_BODY = Set.of("content-type", "content-length", "content-encoding");

    @Context
    private @Nullable HttpServletRequest request;

    /** For the JAX-RS runtime. */
    public RefusalMapper() {}

    @Override
    public Response toResponse(WebApplicationException refusal) {
        Response given = refusal.getResponse();
        if (given.getStatus() < 400) {
            return given;
        }
        Response.ResponseBuilder answer = Response.status(given.getStatus());
        given.getHeaders().forEach((name, values) -> {
            if (!OF_THE_BODY.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> answer.header(name, value));
            }
        });
        return answer.type(Problem.TYPE)
                .entity(Problem.of(given.getStatus(), requestId()).json())
                .build();
    }

    private @Nullable String requestId() {
        RequestInFlight inFlight = request == null ? null : CurrentRequest.find(request);
        return inFlight == null ? null : inFlight.request().id();
    }
}
