package io.certrail.trail;

import io.certrail.tlog.Prover;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileHashes;
import io.certrail.tlog.TileSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The tiles of a trail's tree as they lie on disk, to be read, also while the trail is being written. They are taken on trust:
 * what is made of them is right only if the root made of them is that of a checkpoint. Immutable, for any thread.
 */
public final class TrailTree implements TileSource {
    /** The widths of partial tiles, which are the names of their files. */
    static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,2}");

    private static final int MAX_BYTES = 8192;

    /** While it is looked for, a partial tile may be replaced by a wider one, and that again. */
    private static final int GROWING_TRIES = 3;

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
     * The tile's hashes; of a partial one that has grown meanwhile, the first hashes of the wider one.
     *
     * @throws NoSuchFileException if it is not there
     */
    @Override
    public byte[] tile(Tile tile) throws IOException {
        return find(tile).orElseThrow(() -> new NoSuchFileException(file(tile).toString()));
    }

    /** As {@link #tile}; empty if it is not there. */
    public Optional<byte[]> find(Tile tile) throws IOException {
        Optional<byte[]> found = SmallFile.read(files, file(tile), MAX_BYTES);
        for (int tries = GROWING_TRIES; tries > 0 && found.isEmpty() && !tile.isFull(); tries--) {
            found = wider(tile).map(bytes -> cut(bytes, tile));
        }
        return found;
    }

    private Optional<byte[]> wider(Tile tile) throws IOException {
        Optional<byte[]> full = SmallFile.read(files, file(of(tile, Tile.FULL_WIDTH)), MAX_BYTES);
        return full.isPresent() ? full : widest(tile);
    }

    private Optional<byte[]> widest(Tile tile) throws IOException {
        int widest = 0;
        for (Path file : NamedFiles.list(files, Replacement.parent(file(tile)), WIDTH)) {
            widest = Math.max(widest, Integer.parseInt(String.valueOf(file.getFileName())));
        }
        return widest > tile.width() && widest < Tile.FULL_WIDTH
                ? SmallFile.read(files, file(of(tile, widest)), MAX_BYTES)
                : Optional.empty();
    }

    private static Tile of(Tile tile, int width) {
        return new Tile(tile.level(), tile.index(), width);
    }

    private static byte[] cut(byte[] bytes, Tile tile) {
        return bytes.length > tile.length() ? Arrays.copyOf(bytes, tile.length()) : bytes;
    }

    /** Where a tile lies. */
    Path file(Tile tile) {
        return folder.resolve(tile.path());
    }
}
