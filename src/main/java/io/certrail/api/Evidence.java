package io.certrail.api;

import io.certrail.api.Problem.Violation;
import io.certrail.api.Proofs.Proof;
import io.certrail.config.CertrailConfig;
import io.certrail.index.BadCursorException;
import io.certrail.index.RecordPage;
import io.certrail.index.RecordPage.Found;
import io.certrail.index.RecordQuery;
import io.certrail.index.SlowSearchException;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailDamagedException;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailLines;
import io.certrail.trail.TrailReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Index, trail and proofs in one, for the resources that read. Safe for use by any thread. */
@ApplicationScoped
public class Evidence {
    private static final Logger LOG = System.getLogger(Evidence.class.getName());

    /** After a media type: given only to those who do not like JSON as well. */
    static final String SECOND_CHOICE = ";qs=0.5";

    private static final int RETRY_AFTER_SECONDS = 30;

    @Inject
    @Nullable
    Search search;

    @Inject
    @Nullable
    Reading reading;

    @Inject
    @Nullable
    Trail trail;

    @Inject
    @Nullable
    CertrailConfig config;

    /** For the container. */
    public Evidence() {}

    Reading reading() {
        return Objects.requireNonNull(reading);
    }

    Search search() {
        return Objects.requireNonNull(search);
    }

    Trail trail() {
        return Objects.requireNonNull(trail);
    }

    Path folder() {
        return Objects.requireNonNull(config).trail().folder();
    }

    /** What an engine can be asked, where a cursor and the time it takes are the client's matter. */
    interface Question<T> {
        T ask() throws IOException;
    }

    static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (BadCursorException e) {
            throw new InvalidParametersException(
                    List.of(new Violation("cursor", "must be one that a page gave as next")));
        } catch (SlowSearchException e) {
            throw new ServiceUnavailableException((long) RETRY_AFTER_SECONDS, e);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "CTR0823 A search failed; if the index is damaged, it is made anew", e);
            throw new ServiceUnavailableException((long) RETRY_AFTER_SECONDS, e);
        }
    }

    RecordPage search(RecordQuery query) {
        return ask(() -> search().index().search(query)).readable();
    }

    /** A record of a trail; of this server's also one that is not indexed, yet or for it is no record. */
    Optional<Found> record(@Nullable String origin, long sequence) throws IOException {
        String of = origin == null ? search().origin() : origin;
        Optional<Found> found = ask(() -> search().index().record(of, sequence));
        return found.isPresent() || !of.equals(search().origin()) ? found : ask(() -> unindexed(sequence));
    }

    /** Where somebody changed the trail, there is no such line. */
    private Optional<Found> unindexed(long sequence) throws IOException {
        TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder(), sequence);
        try (var lines = new LinesUpTo(reader, trail().durable(), sequence)) {
            return lines.next() && lines.sequence() == sequence
                    ? Optional.of(new Found(search().origin(), sequence, lines.line()))
                    : Optional.empty();
        } catch (TrailDamagedException e) {
            LOG.log(
                    Level.WARNING,
                    "CTR0825 The trail is damaged, as certrail verify tells in full: {0}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** What a search that begins now draws from. */
    CoverageReport coverage() {
        TrailLines lines = TrailLines.of(TrailFiles.onDisk(), folder());
        Unwritten unwritten = Unwritten.of(trail());
        return ask(() ->
                new CoverageReport(search().index(), search().origin(), unwritten, trail().nextSequence(), lines));
    }

    /** What a search drew from that is over. */
    static JsonObject told(CoverageReport report, @Nullable Instant from, @Nullable Instant to, int unreadable) {
        return ask(() -> report.of(from, to, unreadable));
    }

    Optional<Proof> proof(Found found) throws IOException {
        return found.origin().equals(search().origin())
                ? Proofs.open(TrailFiles.onDisk(), folder()).of(found.sequence(), found.line())
                : Optional.empty();
    }

    /** A page as JSON. */
    Response json(RecordPage page, JsonObject coverage, boolean proof, Request request) throws IOException {
        String origin = search().origin();
        Lines.Prover none = found -> Optional.empty();
        Proofs proofs = Proofs.open(TrailFiles.onDisk(), folder());
        Lines.Prover all = found -> found.origin().equals(origin)
                ? proofs.of(found.sequence(), found.line()).map(Proof::text)
                : Optional.empty();
        return Answer.of(Lines.json(page, coverage, proof ? all : none), MediaType.APPLICATION_JSON, request)
                .build();
    }

    /** A page as lines; what JSON says around them stands in headers. */
    Response lines(RecordPage page, JsonObject coverage, UriInfo uri, Request request) {
        Response.ResponseBuilder answer = Answer.of(Lines.ndjson(page.records()), EntriesResource.NDJSON, request)
                .header("Certrail-Coverage", CoverageReport.summary(coverage));
        if (page.next() != null) {
            answer.links(Link.fromUriBuilder(uri.getRequestUriBuilder().replaceQueryParam("cursor", page.next()))
                    .rel("next")
                    .build());
        }
        return answer.build();
    }
}
