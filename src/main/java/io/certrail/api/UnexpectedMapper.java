package io.certrail.api;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.System.Logger;
import org.jspecify.annotations.Nullable;

/** Answers what nobody expected: 500, with the id under which the log tells more. */
public final class UnexpectedMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(UnexpectedMapper.class.getName());

    @Context
    private @Nullable HttpServletRequest request;

    /** For the JAX-RS runtime. */
    public UnexpectedMapper() {}

    @Override
    public Response toResponse(Throwable thrown) {
        RequestInFlight inFlight = request == null ? null : CurrentRequest.find(request);
        String id = inFlight == null ? null : inFlight.request().id();
        LOG.log(Logger.Level.ERROR, "CTR0721 Request " + id + " failed", thrown);
        if (inFlight != null) {
            inFlight.fault(Fault.of(Reason.SERVER_ERROR, thrown.getClass().getName()));
        }
        return Response.serverError()
                .type(Problem.TYPE)
                .entity(Problem.of(Response.Status.INTERNAL_SERVER_ERROR.getStatusCode(), id)
                        .json())
                .build();
    }
}
