package io.certrail.api;

import io.certrail.index.RecordFilter;
import io.certrail.index.RecordFilter.Field;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordParser;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that belongs to one connection, or to one request, in its order. */
@Path("/")
@ApplicationScoped
@RolesAllowed(EntriesResource.ROLE)
public class StoriesResource {
    private static final int MAX_ID = 128;

    @Inject
    @Nullable
    Evidence evidence;

    /** For the container. */
    public StoriesResource() {}

    /** The handshake, all its requests, invocations and posted events. */
    @GET
    @Path("/connections/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response connection(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        return story(Field.CONNECTION_ID, id, uri, http, request, false);
    }

    /** The same as lines. */
    @GET
    @Path("/connections/{id}")
    @Produces(EntriesResource.NDJSON + Evidence.SECOND_CHOICE)
    public Response connectionLines(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        return story(Field.CONNECTION_ID, id, uri, http, request, true);
    }

    /** Arrival, invocations, posted events, and the end. */
    @GET
    @Path("/requests/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response request(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        return story(Field.REQUEST_ID, id, uri, http, request, false);
    }

    /** The same as lines. */
    @GET
    @Path("/requests/{id}")
    @Produces(EntriesResource.NDJSON + Evidence.SECOND_CHOICE)
    public Response requestLines(
            @PathParam("id") String id,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        return story(Field.REQUEST_ID, id, uri, http, request, true);
    }

    private Response story(Field of, String id, UriInfo uri, HttpServletRequest http, Request request, boolean lines)
            throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        int limit = RecordsResource.limit(parameters);
        String cursor = RecordsResource.cursor(parameters);
        parameters.asked(of.name().toLowerCase(Locale.ROOT), id);
        if (id.length() > MAX_ID) {
            parameters.wrong("id", "at most " + MAX_ID + " characters");
        }
        parameters.check();
        String what = of == Field.CONNECTION_ID ? "/api/connections" : "/api/requests";
        from.reading().record(http, StoriesResource.class.getName() + ".story", what, parameters.asked());
        CoverageReport report = from.coverage();
        RecordPage page = from.search(new RecordQuery(RecordFilter.of(of, id), Order.OLDEST, limit, cursor));
        if (page.records().isEmpty() && page.unreadable() == 0) {
            throw new NotFoundException();
        }
        RecordPage story = inOrderOfTime(page);
        JsonObject coverage = Evidence.told(report, null, null, story.unreadable());
        return lines ? from.lines(story, coverage, uri, request) : from.json(story, coverage, false, request);
    }

    /**
     * A trail has records in the order in which they came to it, where a request may be ahead of its handshake: on a
     * JSSE server the two come by ways of their own. What happened first is told first.
     */
    static RecordPage inOrderOfTime(RecordPage page) {
        RecordParser parser = new RecordParser();
        record Timed(Instant time, Found found) {}
        List<Found> records = page.records().stream()
                .map(found -> new Timed(
                        parser.parse(found.sequence(), 0, found.line()).time(), found))
                .sorted(Comparator.comparing(Timed::time))
                .map(Timed::found)
                .toList();
        return new RecordPage(records, page.next(), page.unreadable());
    }
}
