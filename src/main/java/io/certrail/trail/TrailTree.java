package io.certrail.trail;

import io.certrail.tlog.Prover;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileHashes;
import io.certrail.tlog.TileSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tiles of a trail's tree as they lie on disk, to be read, also while the trail is being written. They are taken on trust:
 * what is made of them is right only if the root made of them is that of a checkpoint. Immutable, for any thread.
 */
public final class TrailTree implements TileSource {
    private static final int MAX_BYTES = 8192;

    private final TrailFiles files;
    private final Path folder;

    private TrailTree(TrailFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** The tree of the trail in a folder; nothing is read yet. */
    public static TrailTree of(TrailFiles files, Path folder) {
        return new TrailTree(files, folder);
    }

    /** Makes proofs and roots of the tree up to the size of a checkpoint. For one thread. */
    public Prover prover(long size) {
        return new Prover(new TileHashes(size, this));
    }

    /**
     * The tile's hashes; of a partial one that has grown full meanwhile, the full one's.
     *
     * @throws NoSuchFileException if it is not there
     */
    @Override
    public byte[] tile(Tile tile) throws IOException {
        return find(tile).orElseThrow(() -> new NoSuchFileException(file(tile).toString()));
    }

    /** As {@link #tile}; empty if it is not there. */
    public Optional<byte[]> find(Tile tile) throws IOException {
        Optional<byte[]> exact = SmallFile.read(files, file(tile), MAX_BYTES);
        return exact.isPresent() || tile.isFull()
                ? exact
                : SmallFile.read(files, file(new Tile(tile.level(), tile.index(), Tile.FULL_WIDTH)), MAX_BYTES);
    }

    /** Where a tile lies. */
    Path file(Tile tile) {
        return folder.resolve(tile.path());
    }
}
