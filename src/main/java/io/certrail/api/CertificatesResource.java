package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.index.CertificateCondition;
import io.certrail.index.CertificatePage;
import io.certrail.index.CertificateQuery;
import io.certrail.index.CertificateQuery.Sort;
import io.certrail.index.RecordQuery.Order;
import io.certrail.index.SeenCertificate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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

/** Client certificates that were presented, and what became of them. */
@Path("/certificates")
@ApplicationScoped
@RolesAllowed(EntriesResource.ROLE)
public class CertificatesResource {
    private static final String FUNCTION = CertificatesResource.class.getName() + ".";

    @Inject
    @Nullable
    Evidence evidence;

    /** For the container. */
    public CertificatesResource() {}

    /** A page of those that meet all conditions. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response certificates(@Context UriInfo uri, @Context HttpServletRequest http, @Context Request request)
            throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        CertificateQuery query = query(parameters);
        from.reading().record(http, FUNCTION + "certificates", "/api/certificates", parameters.asked());
        CoverageReport report = from.coverage();
        CertificatePage page = Evidence.ask(() -> from.search().index().certificates(query));
        CertificateJson json = new CertificateJson(from.search());
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (SeenCertificate seen : page.certificates()) {
            array.add(json.of(seen));
        }
        JsonObjectBuilder answer = Json.createObjectBuilder().add("certificates", array);
        if (page.next() != null) {
            answer.add("next", page.next());
        }
        return answer(
                answer.add("coverage", Evidence.told(report, null, null, 0)).build(), request);
    }

    private static Response answer(JsonObject json, Request request) {
        return Answer.of(json.toString().getBytes(UTF_8), MediaType.APPLICATION_JSON, request)
                .build();
    }

    private static CertificateQuery query(Parameters parameters) {
        CertificateCondition condition = FilterParameters.certificates(parameters);
        Sort sort = Objects.requireNonNullElse(parameters.word("sort", Sort.class), Sort.LAST_SEEN);
        Order order = parameters.word("order", Order.class);
        List<String> origins = parameters.all("origin", text -> text, "a trail's name");
        CertificateQuery query = new CertificateQuery(
                condition,
                origins,
                parameters.time("new_since"),
                parameters.time("seen_since"),
                parameters.time("expires_after"),
                parameters.time("expires_before"),
                Boolean.TRUE.equals(parameters.flag("rekeyed")),
                parameters.flag("accepted"),
                sort,
                order == null ? sort != Sort.NOT_AFTER : order == Order.NEWEST,
                RecordsResource.limit(parameters),
                RecordsResource.cursor(parameters));
        parameters.check();
        return query;
    }

    /** One of them. */
    @GET
    @Path("/{sha256}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response certificate(
            @PathParam("sha256") String sha256,
            @Context UriInfo uri,
            @Context HttpServletRequest http,
            @Context Request request)
            throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        from.reading().admit(http);
        Parameters parameters = new Parameters(uri.getQueryParameters());
        String origin = parameters.one("origin", text -> text, "a trail's name");
        String digits = FilterParameters.sha256(sha256);
        parameters.asked("sha256", String.valueOf(digits));
        if (digits == null) {
            parameters.wrong("sha256", "64 hexadecimal digits");
        }
        parameters.check();
        String key = Objects.requireNonNull(digits);
        from.reading().record(http, FUNCTION + "certificate", "/api/certificates", parameters.asked());
        String of = origin == null ? from.search().origin() : origin;
        Optional<SeenCertificate> seen =
                Evidence.ask(() -> from.search().index().certificate(of, key));
        return answer(
                new CertificateJson(from.search())
                        .of(seen.orElseThrow(NotFoundException::new))
                        .build(),
                request);
    }
}
