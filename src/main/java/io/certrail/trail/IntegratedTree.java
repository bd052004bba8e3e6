package io.certrail.trail;

import io.certrail.tlog.Hash;
import io.certrail.tlog.MerkleTree;
import io.certrail.tlog.TileAssembler;
import io.certrail.tlog.TileHashes;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.util.SortedMap;

/** A trail's tree that takes line after line and allocates nothing for it. Belongs to the integrator's thread. */
final class IntegratedTree implements LineSink {
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Hash.LENGTH];
    private final TileFolder folder;
    private final TileAssembler tiles;
    private final MerkleTree tree;
    private RecordCounts counts = new RecordCounts();
    /** Whether the line that comes next was counted: memory may be out before it is in the tree. */
    private boolean counted;

    private IntegratedTree(TileFolder folder, TileAssembler tiles, MerkleTree tree) {
        this.folder = folder;
        this.tiles = tiles;
        this.tree = tree;
    }

    /**
     * The tree as its tiles say that it was at a size; what is made of it has to be compared with a checkpoint.
     *
     * @throws IOException if a tile is missing or has a wrong length
     */
    static IntegratedTree resume(long size, TrailTree from, TileFolder to) throws IOException {
        TileAssembler tiles = TileAssembler.resume(size, from, to);
        return new IntegratedTree(to, tiles, MerkleTree.resume(size, new TileHashes(size, from), tiles));
    }

    /** Does all of it or nothing, as far as anybody can see: after an error the same line comes again. */
    @Override
    public void line(byte[] array, int offset, int length) {
        if (!counted) {
            counts.line(array, offset, length);
            counted = true;
        }
        hasher.leaf(array, offset, length, leaf, 0);
        tree.append(leaf, 0);
        counted = false;
    }

    /** What is counted from here on begins with these counts. */
    void countFrom(SortedMap<String, Long> before) {
        counts = new RecordCounts(before);
    }

    SortedMap<String, Long> counts() {
        return counts.counts();
    }

    long size() {
        return tree.size();
    }

    Hash root() {
        return tree.root();
    }

    /** Writes the full tiles that the last line completed. To be called again, before the next line, if it failed. */
    void flush() throws IOException {
        if (folder.isWaiting()) {
            folder.flush();
        }
    }

    /** Whether the full tiles that the last line completed are on disk already; they are not written. */
    boolean tilesAreThere() {
        return !folder.isWaiting() || folder.areThere();
    }

    /** Writes all tiles that a checkpoint of the tree as it is now needs. */
    void writePartial() throws IOException {
        flush();
        folder.partial(tiles.partial());
    }

    TileFolder folder() {
        return folder;
    }
}
