package io.certrail.api;

import io.certrail.tlog.Tile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log as clients of C2SP tlog-tiles read it, with {@code /api} for the prefix. */
@Path("/")
@ApplicationScoped
public class LogResource {
    static final String NOTE = "text/plain;charset=utf-8";
    /** A full tile of hashes never changes, and tells no record; only the client's own cache may keep it. */
    static final String IMMUTABLE = "private, max-age=31536000, immutable";

    private static final int LEVEL_BITS = 8;
    private static final int MAX_LEVEL = 7;

    private static final String FUNCTION = LogResource.class.getName() + ".tile";

    @Inject
    @Nullable
    LogSource source;

    @Inject
    @Nullable
    Reading reading;

    /** For the container. */
    public LogResource() {}

    /** The newest signed checkpoint. */
    @GET
    @Path("checkpoint")
    @RolesAllowed(EntriesResource.ROLE)
    @Produces(NOTE)
    public byte[] checkpoint() throws IOException {
        return source().checkpoint().orElseThrow(NotFoundException::new);
    }

    /**
     * A tile of hashes, or the entries of one, which are records: that they are read is on record. What is not wholly in the
     * newest checkpoint's tree is not there.
     *
     * @param path as it was sent: what is written in another way than the specification's is not there either
     */
    @GET
    @Path("tile/{path: .+}")
    @RolesAllowed(EntriesResource.ROLE)
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] tile(
            @PathParam("path") @Encoded String path,
            @Context HttpServletRequest http,
            @Context HttpServletResponse answer)
            throws IOException {
        LogPath asked = LogPath.parse(path).orElseThrow(NotFoundException::new);
        if (asked instanceof LogPath.Bundle) {
            Reading to = Objects.requireNonNull(reading);
            to.admit(http);
            to.record(http, FUNCTION, "/api/tile/entries", Map.of("path", path));
        }
        byte[] bytes = read(asked, source()).orElseThrow(NotFoundException::new);
        if (asked instanceof LogPath.Hashes && asked.tile().isFull()) {
            answer.setHeader("Cache-Control", IMMUTABLE);
        }
        return bytes;
    }

    static Optional<byte[]> read(LogPath asked, LogSource source) throws IOException {
        Tile tile = asked.tile();
        if (!isWithin(tile, source.size())) {
            return Optional.empty();
        }
        return asked instanceof LogPath.Bundle ? EntryBundle.read(tile, source) : source.tile(tile);
    }

    /** Whether all hashes of a tile are final in a tree of a size. */
    private static boolean isWithin(Tile tile, long size) {
        long hashes = tile.level() > MAX_LEVEL ? 0 : size >>> (tile.level() * LEVEL_BITS);
        return tile.index() <= hashes / Tile.FULL_WIDTH && tile.index() * Tile.FULL_WIDTH + tile.width() <= hashes;
    }

    private LogSource source() {
        LogSource injected = source;
        if (injected == null) {
            throw new ServiceUnavailableException();
        }
        return injected;
    }
}
