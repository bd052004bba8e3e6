package io.certrail.tlog;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes tiles of a growing tree's hashes. Hands over each full tile at once and keeps the partial tiles, one a level (at
 * most 64 kB). Allocates nothing but for a level's first hash. For one thread.
 */
public final class TileAssembler implements NodeSink {
    private static final int LEVELS = 8;

    private final TileSink sink;
    private final byte[][] hashes = new byte[LEVELS][0];
    private long size;

    public TileAssembler(TileSink sink) {
        this.sink = sink;
    }

    /**
     * An assembler as it was when the tree had a size, to go on from there.
     *
     * @throws IOException if a partial tile cannot be had or is no tile of its width
     */
    public static TileAssembler resume(long size, TileSource tiles, TileSink sink) throws IOException {
        TileAssembler assembler = new TileAssembler(sink);
        for (int level = 0; level < LEVELS; level++) {
            Tile partial = Tile.partial(level, size).orElse(null);
            if (partial != null) {
                byte[] bytes = TileHashes.checked(partial, tiles.tile(partial));
                System.arraycopy(bytes, 0, assembler.level(level), 0, partial.length());
            }
        }
        assembler.size = size;
        return assembler;
    }

    @Override
    public void completed(int level, long index, byte[] array, int offset) {
        if (level % Tile.HEIGHT != 0) {
            return;
        }
        int tileLevel = level / Tile.HEIGHT;
        byte[] tile = level(tileLevel);
        int place = (int) (index % Tile.FULL_WIDTH);
        System.arraycopy(array, offset, tile, place * Hash.LENGTH, Hash.LENGTH);
        if (level == 0) {
            size = index + 1;
        }
        if (place == Tile.FULL_WIDTH - 1) {
            sink.full(new Tile(tileLevel, index / Tile.FULL_WIDTH, Tile.FULL_WIDTH), tile);
        }
    }

    /** The partial tiles of the tree as it is now, those that a checkpoint of it needs besides the full ones; copies. */
    public Map<Tile, byte[]> partial() {
        Map<Tile, byte[]> partial = new LinkedHashMap<>();
        for (int level = 0; level < LEVELS; level++) {
            Tile.partial(level, size)
                    .ifPresent(tile -> partial.put(tile, Arrays.copyOf(level(tile.level()), tile.length())));
        }
        return partial;
    }

    private byte[] level(int level) {
        if (hashes[level].length == 0) {
            hashes[level] = new byte[Tile.FULL_WIDTH * Hash.LENGTH];
        }
        return hashes[level];
    }
}
