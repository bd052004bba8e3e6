package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.index.RecordFilter;
import io.certrail.index.Summary;
import io.certrail.index.Summary.Count;
import io.certrail.index.Summary.Tally;
import io.certrail.index.SummaryQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts for charts. */
@Path("/summary")
@ApplicationScoped
@RolesAllowed(EntriesResource.ROLE)
public class SummaryResource {
    private static final int DEFAULT_BUCKETS = 60;
    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);

    @Inject
    @Nullable
    Evidence evidence;

    /** For the container. */
    public SummaryResource() {}

    /** Counts of the records that meet all conditions. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response summary(@Context UriInfo uri, @Context HttpServletRequest http, @Context Request request)
            throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        SummaryQuery query = query(parameters, from.search().now());
        from.reading().record(http, SummaryResource.class.getName() + ".summary", "/api/summary", parameters.asked());
        CoverageReport report = from.coverage();
        Summary summary = Evidence.ask(() -> from.search().index().summarise(query));
        JsonObject json = json(query, summary)
                .add("coverage", Evidence.told(report, query.from(), query.to(), 0))
                .build();
        return Answer.of(json.toString().getBytes(UTF_8), MediaType.APPLICATION_JSON, request)
                .build();
    }

    private static SummaryQuery query(Parameters parameters, Instant now) {
        RecordFilter filter = FilterParameters.records(parameters);
        Long buckets = parameters.number("buckets", 1, SummaryQuery.MAX_BUCKETS);
        Instant to = filter.to() == null ? now : filter.to();
        Instant from = filter.from() == null ? to.minus(DEFAULT_SPAN) : filter.from();
        if (!from.isBefore(to)) {
            parameters.wrong("from", "earlier than to");
        }
        parameters.check();
        return new SummaryQuery(filter, from, to, buckets == null ? DEFAULT_BUCKETS : buckets.intValue());
    }

    private static JsonObjectBuilder json(SummaryQuery query, Summary summary) {
        JsonArrayBuilder buckets = Json.createArrayBuilder();
        new TreeMap<>(summary.buckets())
                .forEach((bucket, counts) -> buckets.add(Json.createObjectBuilder()
                        .add("from", query.begin(bucket).toString())
                        .add("counts", counts(counts))));
        return Json.createObjectBuilder()
                .add("from", query.from().toString())
                .add("to", query.to().toString())
                .add("bucket_seconds", query.bucketMicros() / 1e6)
                .add("buckets", buckets)
                .add("totals", counts(summary.totals()))
                .add("sources", tallies(summary.sources(), "address"))
                .add("certificates", tallies(summary.certificates(), "sha256"));
    }

    private static JsonArrayBuilder counts(List<Count> counts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Count count : counts) {
            JsonObjectBuilder json =
                    Json.createObjectBuilder().add("event", count.event()).add("outcome", count.outcome());
            if (count.reason() != null) {
                json.add("reason", count.reason());
            }
            array.add(json.add("count", count.count()));
        }
        return array;
    }

    private static JsonArrayBuilder tallies(List<Tally> tallies, String key) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Tally tally : tallies) {
            JsonObjectBuilder json = Json.createObjectBuilder().add(key, tally.key());
            if (tally.subject() != null) {
                json.add("subject", tally.subject());
            }
            array.add(json.add("count", tally.count()).add("failures", tally.failures()));
        }
        return array;
    }
}
