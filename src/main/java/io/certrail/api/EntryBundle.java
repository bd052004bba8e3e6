package io.certrail.api;

import io.certrail.tlog.Tile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The entries of a tile, each after its length in two bytes (C2SP tlog-tiles, "Log entries"). Made anew of the lines each time. */
final class EntryBundle {
    private static final int MAX_ENTRY = 0xFFFF;

    private EntryBundle() {}

    /**
     * The bundle; empty if a line is gone by retention, or longer than a bundle can hold.
     *
     * @param tile of level 0, wholly in the tree
     */
    static Optional<byte[]> read(Tile tile, LogSource source) throws IOException {
        long first = tile.index() * Tile.FULL_WIDTH;
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        try (EntrySource.Entries entries = source.from(first)) {
            for (int i = 0; i < tile.width(); i++) {
                if (!entries.next() || !add(bundle, entries, first + i)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(bundle.toByteArray());
    }

    private static boolean add(ByteArrayOutputStream bundle, EntrySource.Entries entries, long expected) {
        byte[] line = entries.line();
        if (entries.sequence() != expected || line.length > MAX_ENTRY) {
            return false;
        }
        bundle.write(line.length >>> 8);
        bundle.write(line.length);
        bundle.write(line, 0, line.length);
        return true;
    }
}
