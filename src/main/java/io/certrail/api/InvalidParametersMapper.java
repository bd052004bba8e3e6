package io.certrail.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Answers parameters that cannot be meant: 400, naming them. What the client sent is not repeated. */
public final class InvalidParametersMapper implements ExceptionMapper<InvalidParametersException> {
    @Context
    private @Nullable HttpServletRequest request;

    /** For the JAX-RS runtime. */
    public InvalidParametersMapper() {}

    @Override
    public Response toResponse(InvalidParametersException thrown) {
        return Problem.invalid(request, thrown.invalid());
    }
}
