package io.certrail.tlog;

/** Takes full tiles. */
@FunctionalInterface
public interface TileSink {
    /**
     * Takes a tile in the moment in which it is full; must not throw.
     *
     * @param bytes 8,192 of them; reused, so write or copy them at once
     */
    void full(Tile tile, byte[] bytes);
}
