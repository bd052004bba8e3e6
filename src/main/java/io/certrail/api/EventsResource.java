package io.certrail.api;

import io.certrail.event.PostedEvent;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Takes events of other services, which stand on record under their certificate's identity. */
@Path("/events")
@ApplicationScoped
public class EventsResource {
    static final String ROLE = "reporter";

    private static final long RETRY_AFTER_SECONDS = 5;

    @Inject
    @Nullable
    Recorder recorder;

    /** For the container. */
    public EventsResource() {}

    /**
     * Records an event.
     *
     * <p>It comes before the record of its request in the trail, and is as durable as an answer's record.
     *
     * @return 202 with the id of the request, under which the event is found
     */
    @POST
    @RolesAllowed(ROLE)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response post(@NotNull @Valid NewEvent event, @Context HttpServletRequest request) {
        Recorder to = recorder;
        if (to == null || !to.acceptsRequests()) {
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        RequestInFlight inFlight = CurrentRequest.of(request);
        if (!to.recordToldOf(new PostedEvent(to.now(), event.posted(), inFlight.link()))) {
            throw new ServiceUnavailableException(RETRY_AFTER_SECONDS);
        }
        return Response.accepted(new Receipt(inFlight.request().id())).build();
    }

    /** What the poster gets. */
    public record Receipt(String requestId) {}
}
