package io.certrail.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Exports the trail: its lines, byte for byte. */
@Path("/entries")
@ApplicationScoped
public class EntriesResource {
    static final String ROLE = "auditor";
    static final String NDJSON = "application/x-ndjson";

    /** JAX-RS makes HEAD of GET and throws the body away; of one that is longer no server tells the length. In bytes. */
    private static final long ENOUGH_FOR_A_HEAD = 64 << 10;

    private static final String FUNCTION = EntriesResource.class.getName() + ".entries";

    @Inject
    @Nullable
    EntrySource source;

    @Inject
    @Nullable
    Reading reading;

    /** For the container. */
    public EntriesResource() {}

    /**
     * Lines in their order, from a sequence to where the trail ends. Takes as much memory as the longest of them. Parameters:
     * {@code from}, the first sequence; {@code limit}, the most lines, by default all.
     */
    @GET
    @RolesAllowed(ROLE)
    @Produces(NDJSON)
    public StreamingOutput entries(@Context UriInfo uri, @Context HttpServletRequest http) throws IOException {
        if (source == null) {
            throw new ServiceUnavailableException();
        }
        Parameters parameters = new Parameters(uri.getQueryParameters());
        Long from = parameters.number("from", 0, Long.MAX_VALUE);
        Long limit = parameters.number("limit", 0, Long.MAX_VALUE);
        parameters.check();
        Objects.requireNonNull(reading).record(http, FUNCTION, "/api/entries", parameters.asked());
        EntrySource.Entries entries = source.from(from == null ? 0 : from);
        long most = limit == null ? Long.MAX_VALUE : limit;
        long enough = http.getMethod().equals("HEAD") ? ENOUGH_FOR_A_HEAD : Long.MAX_VALUE;
        return to -> copy(entries, most, enough, to);
    }

    private static void copy(EntrySource.Entries entries, long limit, long enough, OutputStream to) throws IOException {
        try (entries) {
            long bytes = 0;
            for (long i = 0; i < limit && bytes < enough && entries.next(); i++) {
                to.write(entries.line());
                to.write('\n');
                bytes += entries.line().length + 1;
            }
        }
    }
}
