package io.certrail.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Exports the trail: its lines, byte for byte. */
@Path("/entries")
@ApplicationScoped
public class EntriesResource {
    static final String ROLE = "auditor";
    static final String NDJSON = "application/x-ndjson";

    private static final String NUMBER = "[0-9]{1,18}";

    @Inject
    @Nullable
    EntrySource source;

    /** For the container. */
    public EntriesResource() {}

    /**
     * Lines in their order, from a sequence to where the trail ends. Takes as much memory as the longest of them.
     *
     * @param from the first sequence
     * @param limit the most lines; by default all
     */
    @GET
    @RolesAllowed(ROLE)
    @Produces(NDJSON)
    public StreamingOutput entries(
            @QueryParam("from") @DefaultValue("0") @Pattern(regexp = NUMBER) String from,
            @QueryParam("limit") @Pattern(regexp = NUMBER) @Nullable String limit)
            throws IOException {
        if (source == null) {
            throw new ServiceUnavailableException();
        }
        EntrySource.Entries entries = source.from(Long.parseLong(from));
        long most = limit == null ? Long.MAX_VALUE : Long.parseLong(limit);
        return to -> copy(entries, most, to);
    }

    private static void copy(EntrySource.Entries entries, long limit, OutputStream to) throws IOException {
        try (entries) {
            for (long i = 0; i < limit && entries.next(); i++) {
                to.write(entries.line());
                to.write('\n');
            }
        }
    }
}
