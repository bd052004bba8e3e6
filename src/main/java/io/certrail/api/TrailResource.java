package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.api.Proofs.Newest;
import io.certrail.index.IndexState;
import io.certrail.trail.CheckpointCounts;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailLines;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the trail and its index are. */
@Path("/trail")
@ApplicationScoped
@RolesAllowed(EntriesResource.ROLE)
public class TrailResource {
    @Inject
    @Nullable
    Evidence evidence;

    /** For the container. */
    public TrailResource() {}

    /** Where it stands, what was lost, and how far checkpoint and index have come. Also without an index. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response trail(@Context UriInfo uri, @Context HttpServletRequest http, @Context Request request)
            throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        parameters.check();
        from.reading().record(http, TrailResource.class.getName() + ".trail", "/api/trail", parameters.asked());
        TrailCounts counts = from.trail().counts();
        long next = from.trail().nextSequence();
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("origin", from.search().origin());
        TrailLines.of(TrailFiles.onDisk(), from.folder()).first().ifPresent(first -> json.add("first_sequence", first));
        json.add("next_sequence", next)
                .add("writing", from.trail().status().isWriting())
                .add("seen", counts.seen())
                .add("recorded", counts.recorded())
                .add("lost", counts.lost())
                .add("queued", counts.queued());
        Optional<Newest> newest =
                Proofs.open(TrailFiles.onDisk(), from.folder()).newest();
        if (newest.isPresent()) {
            json.add("checkpoint", checkpoint(newest.get(), next, from.search().now()));
        }
        IndexState state = from.search().state();
        json.add("index", index(state, from.search().isSwitchedOff()));
        if (!state.engine().equals(Search.NO_ENGINE)) {
            json.add("coverage", Evidence.told(from.coverage(), null, null, 0));
        }
        return Answer.of(json.build().toString().getBytes(UTF_8), MediaType.APPLICATION_JSON, request)
                .build();
    }

    private static JsonObjectBuilder checkpoint(Newest newest, long next, Instant now) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("size", newest.checkpoint().size())
                .add("lag", Math.max(0, next - newest.checkpoint().size()))
                .add("root_hash", newest.checkpoint().root().toString())
                .add("note", newest.note())
                .add("verifier_key", newest.key().text());
        newest.counts().map(CheckpointCounts::time).ifPresent(time -> json.add("time", time.toString())
                .add("age_seconds", Duration.between(time, now).toMillis() / 1000.0));
        return json;
    }

    static JsonObjectBuilder index(IndexState state, boolean switchedOff) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("engine", state.engine())
                .add("state", switchedOff ? "off" : state.word())
                .add("indexed", state.indexed())
                .add("lag", state.lag());
        String fault = state.fault();
        return fault == null ? json : json.add("message", fault);
    }
}
