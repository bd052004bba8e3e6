package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.api.Proofs.Proof;
import io.certrail.index.RecordFilter;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.RecordQuery.Order;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds records. META-INF/openapi.yaml says what is asked and answered. */
@Path("/records")
@ApplicationScoped
@RolesAllowed(EntriesResource.ROLE)
public class RecordsResource {
    private static final int DEFAULT_LIMIT = 100;
    private static final String NUMBER = "[0-9]{1,18}";
    private static final String FUNCTION = RecordsResource.class.getName() + ".";

    @Inject
    @Nullable
    Evidence evidence;

    /** For the container. */
    public RecordsResource() {}

    /** Records that meet all conditions, as JSON. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response search(@Context UriInfo uri, @Context HttpServletRequest http, @Context Request request)
            throws IOException {
        return find(uri, http, request, false);
    }

    /** The same as the trail's own lines. */
    @GET
    @Produces(EntriesResource.NDJSON + Evidence.SECOND_CHOICE)
    public Response lines(@Context UriInfo uri, @Context HttpServletRequest http, @Context Request request)
            throws IOException {
        return find(uri, http, request, true);
    }

    private Response find(UriInfo uri, HttpServletRequest http, Request request, boolean lines) throws IOException {
        Evidence from = evidence();
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        RecordFilter filter = FilterParameters.records(parameters);
        Order order = parameters.word("order", Order.class);
        RecordQuery query =
                new RecordQuery(filter, order == null ? Order.NEWEST : order, limit(parameters), cursor(parameters));
        boolean proof = Boolean.TRUE.equals(parameters.flag("proof"));
        parameters.check();
        from.reading().record(http, FUNCTION + "search", "/api/records", parameters.asked());
        CoverageReport report = from.coverage();
        RecordPage page = from.search(query);
        JsonObject coverage = Evidence.told(report, filter.from(), filter.to(), page.unreadable());
        return lines ? from.lines(page, coverage, uri, request) : from.json(page, coverage, proof, request);
    }

    static int limit(Parameters parameters) {
        Long limit = parameters.number("limit", 1, RecordQuery.MAX_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit.intValue();
    }

    static @Nullable String cursor(Parameters parameters) {
        return parameters.one("cursor", text -> text, "one that a page gave as next");
    }

    /** One record with its proof. */
    @GET
    @Path("/{sequence}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response record(
            @PathParam("sequence") String sequence,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        Found found = find(sequence, uri, http, "record");
        byte[] body = json(found, evidence().proof(found)).getBytes(UTF_8);
        return Answer.of(body, MediaType.APPLICATION_JSON, request).build();
    }

    /** Of a line that is no record any more the text alone is told. */
    static String json(Found found, Optional<Proof> proof) {
        String line = new String(found.line(), UTF_8);
        return "{" + Lines.head(found) + (found.isRecord() ? line : "null") + ",\"line\":" + Lines.quoted(line)
                + ",\"leaf_hash\":\"" + Proofs.leafHash(found.line()) + "\""
                + proof.map(RecordsResource::proof).orElse("") + "}";
    }

    private static String proof(Proof proof) {
        var checkpoint = proof.newest().checkpoint();
        var hashes = Json.createArrayBuilder();
        proof.inclusion().path().forEach(hash -> hashes.add(hash.toString()));
        return ",\"proof\":"
                + Json.createObjectBuilder()
                        .add("tree_size", checkpoint.size())
                        .add("root_hash", checkpoint.root().toString())
                        .add("hashes", hashes)
                        .add("checkpoint", proof.newest().note())
                        .add("verifier_key", proof.newest().key().text())
                        .add("tlog_proof", proof.text())
                        .build();
    }

    /** One record's line. */
    @GET
    @Path("/{sequence}")
    @Produces(EntriesResource.NDJSON + Evidence.SECOND_CHOICE)
    public Response line(
            @PathParam("sequence") String sequence,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        Found found = find(sequence, uri, http, "line");
        return Answer.of(Lines.ndjson(List.of(found)), EntriesResource.NDJSON, request)
                .build();
    }

    /** One record's proof as a file. */
    @GET
    @Path("/{sequence}/proof")
    @Produces(MediaType.TEXT_PLAIN)
    public Response proof(
            @PathParam("sequence") String sequence,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        Found found = find(sequence, uri, http, "proof");
        String text =
                evidence().proof(found).orElseThrow(NotFoundException::new).text();
        return Answer.of(text.getBytes(UTF_8), MediaType.TEXT_PLAIN, request)
                .header("Content-Disposition", "attachment; filename=\"" + found.sequence() + ".tlog-proof\"")
                .build();
    }

    private Found find(String sequence, UriInfo uri, HttpServletRequest http, String what) throws IOException {
        Evidence from = evidence();
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        String origin = parameters.one("origin", text -> text, "a trail's name");
        parameters.asked("sequence", sequence);
        if (!sequence.matches(NUMBER)) {
            parameters.wrong("sequence", "a whole number from 0");
        }
        parameters.check();
        from.reading().record(http, FUNCTION + what, "/api/records/" + sequence, parameters.asked());
        Optional<Found> found = from.record(origin, Long.parseLong(sequence));
        return found.orElseThrow(NotFoundException::new);
    }

    private Evidence evidence() {
        return Objects.requireNonNull(evidence);
    }
}
