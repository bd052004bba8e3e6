package io.certrail.api;

import io.certrail.tlog.Tile;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a path below {@code tile/} asks for (C2SP tlog-tiles). Each thing has one path only. */
sealed interface LogPath {
    /** The width in hashes or entries: 256, or less for a partial one. */
    Tile tile();

    /** A tile of hashes. */
    record Hashes(Tile tile) implements LogPath {}

    /** The entries whose hashes are in a tile of level 0. */
    record Bundle(Tile tile) implements LogPath {}

    /** Parses what stands after {@code tile/}, as it was sent; empty if it is no such path. */
    static Optional<LogPath> parse(String path) {
        if (path.startsWith(Bundles.PREFIX)) {
            Matcher coordinates = Bundles.COORDINATES.matcher(path.substring(Bundles.PREFIX.length()));
            return coordinates.matches()
                    ? Tile.parse("tile/0/" + coordinates.group()).map(Bundle::new)
                    : Optional.empty();
        }
        return Tile.parse("tile/" + path).map(Hashes::new);
    }

    /** How bundles are asked for. */
    final class Bundles {
        static final String PREFIX = "entries/";
        /** What {@link Tile#parse} takes is stricter still. */
        static final Pattern COORDINATES = Pattern.compile("[x0-9][x0-9/.p]{0,60}");

        private Bundles() {}
    }
}
