package io.certrail.tlog;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a tree of one size, read from its tiles. It takes the tiles' content on trust: what is made of it is right
 * only if the root made of it is. Keeps the last 32 tiles, at most 256 kB. For one thread.
 */
public final class TileHashes implements HashSource {
    private static final int KEPT = 32;

    private final long size;
    private final TileSource tiles;
    private final TreeHasher hasher = new TreeHasher();
    private final Map<Tile, byte[]> kept = new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    /** The hashes of the tree of a size, which may be older than the tiles. */
    public TileHashes(long size, TileSource tiles) {
        this.size = size;
        this.tiles = tiles;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if the tile cannot be had or is no tile of its width
     * @throws IllegalArgumentException if the subtree is not wholly in the tree
     */
    @Override
    public Hash hash(int level, long index) throws IOException {
        if (level < 0 || level > 62 || index < 0 || index >= size >>> level) {
            throw new IllegalArgumentException("subtree " + index + " of level " + level + " in a tree of " + size);
        }
        int tileLevel = level / Tile.HEIGHT;
        int height = level % Tile.HEIGHT;
        long first = index << height;
        int from = (int) (first % Tile.FULL_WIDTH);
        byte[] tile = read(tileAt(tileLevel, first / Tile.FULL_WIDTH));
        return subtree(tile, from, 1 << height);
    }

    private Tile tileAt(int level, long index) {
        boolean full = index < Tile.hashes(level, size) / Tile.FULL_WIDTH;
        return full
                ? new Tile(level, index, Tile.FULL_WIDTH)
                : Tile.partial(level, size).orElseThrow();
    }

    private byte[] read(Tile tile) throws IOException {
        byte[] bytes = kept.get(tile);
        if (bytes == null) {
            bytes = checked(tile, tiles.tile(tile));
            kept.put(tile, bytes);
        }
        return bytes;
    }

    /** The bytes, if they are those of the tile or of a wider one. */
    static byte[] checked(Tile tile, byte[] bytes) throws IOException {
        boolean whole = bytes.length % Hash.LENGTH == 0 && bytes.length <= Tile.FULL_WIDTH * Hash.LENGTH;
        if (!whole || bytes.length < tile.length()) {
            throw new IOException(tile.path() + ": " + bytes.length + " bytes instead of " + tile.length());
        }
        return bytes;
    }

    private Hash subtree(byte[] tile, int from, int width) {
        byte[] hashes = Arrays.copyOfRange(tile, from * Hash.LENGTH, (from + width) * Hash.LENGTH);
        for (int left = width; left > 1; left /= 2) {
            for (int i = 0; i < left; i += 2) {
                int at = i * Hash.LENGTH;
                hasher.node(hashes, at, hashes, at + Hash.LENGTH, hashes, at / 2);
            }
        }
        return Hash.of(hashes, 0);
    }
}
