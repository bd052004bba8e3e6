package io.certrail.tlog;

import java.io.IOException;

/** Gives the bytes of tiles, from wherever they are kept. */
@FunctionalInterface
public interface TileSource {
    /**
     * The tile's hashes, one after the other. A source that no longer has a partial tile may give a wider one of the same
     * level and index.
     *
     * @throws IOException if it cannot be had
     */
    byte[] tile(Tile tile) throws IOException;
}
