package io.certrail.api;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers what nobody expected: 500, with the id under which the log tells more. A body of which the rest never came is nothing
 * of the kind.
 */
public final class UnexpectedMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(UnexpectedMapper.class.getName());

    private static final Set<String> GONE = Set.of(Reason.CLIENT_ABORTED.id(), Reason.CLIENT_RESET.id());
    private static final int UNEXPECTED = Response.Status.INTERNAL_SERVER_ERROR.getStatusCode();
    private static final int DEPTH = 8;

    @Context
    private @Nullable HttpServletRequest request;

    /** For the JAX-RS runtime. */
    public UnexpectedMapper() {}

    @Override
    public Response toResponse(Throwable thrown) {
        RequestInFlight inFlight = request == null ? null : CurrentRequest.find(request);
        String id = inFlight == null ? null : inFlight.request().id();
        int status = status(inFlight == null ? null : inFlight.fault(), thrown);
        if (status == UNEXPECTED) {
            LOG.log(Logger.Level.ERROR, "CTR0721 Request " + id + " failed", thrown);
            if (inFlight != null) {
                inFlight.fault(Fault.of(Reason.SERVER_ERROR, thrown.getClass().getName()));
            }
        }
        return Response.status(status)
                .type(Problem.TYPE)
                .entity(Problem.of(status, id).json())
                .build();
    }

    /**
     * What is answered.
     *
     * @param told what is known of the request when it fails
     */
    static int status(@Nullable Fault told, Throwable thrown) {
        if (told == null || !isOfIo(thrown)) {
            return UNEXPECTED;
        }
        if (told.type().equals(Reason.REQUEST_TIMEOUT.id())) {
            return Response.Status.REQUEST_TIMEOUT.getStatusCode();
        }
        return GONE.contains(told.type()) ? Response.Status.BAD_REQUEST.getStatusCode() : UNEXPECTED;
    }

    private static boolean isOfIo(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (cause instanceof IOException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
