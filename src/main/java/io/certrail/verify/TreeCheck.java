package io.certrail.verify;

import io.certrail.tlog.Hash;
import io.certrail.tlog.MerkleTree;
import io.certrail.tlog.Prover;
import io.certrail.tlog.Tile;
import io.certrail.tlog.TileAssembler;
import io.certrail.tlog.TileHashes;
import io.certrail.trail.TrailTree;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree anew of the records' hashes and compares it with the tiles and with each checkpoint. Where they differ, the
 * tiles that a signed root proves tell which record it is; the tree then goes on with the hash that was signed, so that one
 * change does not hide another. For one thread.
 */
final class TreeCheck {
    private final TrailTree tiles;
    private final Findings findings;
    /** Largest checkpoint that is trusted; by it single hashes are proved. */
    private final @Nullable Known anchor;

    private final @Nullable Prover prover;
    private MerkleTree tree = new MerkleTree();
    private TileAssembler assembler = new TileAssembler(this::full);
    private @Nullable Known last;
    /** Since when the tree is not the signed one and nothing tells why; -1: it is. */
    private long lostAt = -1;

    private boolean lostTold;
    private long row = -1;
    private byte[] stored = new byte[0];

    TreeCheck(TrailTree tiles, @Nullable Known anchor, Findings findings) {
        this.tiles = tiles;
        this.anchor = anchor;
        this.findings = findings;
        this.prover = anchor == null ? null : tiles.prover(anchor.size());
        tree = new MerkleTree(assembler);
    }

    long size() {
        return tree.size();
    }

    /** Begins with the tree that the tiles tell of, at a size. */
    void begin(long size) {
        if (size > 0 && !resume(size)) {
            findings.add(FindingKind.TREE_UNKNOWN, Place.file("tile"), "at size " + size);
            lose(size);
        }
    }

    private boolean resume(long size) {
        try {
            TileAssembler resumed = TileAssembler.resume(size, tiles, this::full);
            tree = MerkleTree.resume(size, new TileHashes(size, tiles), resumed);
            assembler = resumed;
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** From here on the tree is a guess; it keeps its size. */
    private void lose(long size) {
        if (lostAt < 0) {
            lostAt = size;
        }
        if (tree.size() != size) {
            tree = unknown(size);
        }
    }

    private MerkleTree unknown(long size) {
        try {
            assembler = new TileAssembler(this::full);
            return MerkleTree.resume(size, (level, index) -> Hash.EMPTY_ROOT, (level, index, array, at) -> {});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the next record's hash, 32 bytes of an array. */
    void record(byte[] hashes, int at, Place place) {
        long index = tree.size();
        byte[] row = row(index);
        int in = (int) (index % Tile.FULL_WIDTH) * Hash.LENGTH;
        boolean known = row.length >= in + Hash.LENGTH;
        if (!known || Arrays.equals(row, in, in + Hash.LENGTH, hashes, at, at + Hash.LENGTH)) {
            tree.append(hashes, at);
        } else if (isSigned(index, row, in)) {
            findings.add(FindingKind.RECORD_CHANGED, place, "record " + index);
            tree.append(row, in);
        } else {
            differs(new Tile(0, index / Tile.FULL_WIDTH, row.length / Hash.LENGTH), "at record " + index);
            stored = new byte[0];
            tree.append(hashes, at);
        }
    }

    /** Passes over records that are not there. */
    void missing(long from, long to, Place place) {
        findings.add(FindingKind.RECORD_MISSING, place, "records " + from + " to " + (to - 1));
        while (tree.size() < to) {
            long index = tree.size();
            byte[] row = row(index);
            int in = (int) (index % Tile.FULL_WIDTH) * Hash.LENGTH;
            if (row.length < in + Hash.LENGTH || !isSigned(index, row, in)) {
                lose(to);
                return;
            }
            tree.append(row, in);
        }
    }

    private boolean isSigned(long index, byte[] row, int in) {
        if (prover == null || anchor == null || index >= anchor.size()) {
            return false;
        }
        try {
            return prover.inclusion(index, anchor.size())
                    .verify(Hash.of(row, in), anchor.checkpoint().root())
                    .verified();
        } catch (IOException e) {
            return false;
        }
    }

    /** The tile with a leaf's hash; empty if there is none, or none is expected. */
    private byte[] row(long index) {
        long wanted = index / Tile.FULL_WIDTH;
        if (wanted == row) {
            return stored;
        }
        row = wanted;
        stored = new byte[0];
        if (anchor != null && index < anchor.size()) {
            int width = (int) Math.min(Tile.FULL_WIDTH, anchor.size() - wanted * Tile.FULL_WIDTH);
            stored = read(new Tile(0, wanted, width));
        }
        return stored;
    }

    /** A tile's bytes; none if it is missing or has a wrong length, which is told. */
    private byte[] read(Tile tile) {
        try {
            byte[] bytes = tiles.find(tile).orElse(null);
            if (bytes == null) {
                findings.add(FindingKind.TILE_MISSING, Place.file(tile.path()), "of " + tile.width() + " hashes");
            } else if (bytes.length < tile.length() || bytes.length % Hash.LENGTH != 0) {
                differs(tile, bytes.length + " bytes instead of " + tile.length());
            } else {
                return Arrays.copyOf(bytes, tile.length());
            }
        } catch (IOException e) {
            differs(tile, "cannot be read: " + e.getMessage());
        }
        return new byte[0];
    }

    private void differs(Tile tile, String detail) {
        findings.add(FindingKind.TILE_DIFFERS, Place.file(tile.path()), detail);
    }

    /** A tile of the upper levels is complete; those of the lowest were compared hash by hash. */
    private void full(Tile tile, byte[] bytes) {
        long leaves = (tile.index() + 1) << (8 * (tile.level() + 1));
        if (tile.level() > 0 && lostAt < 0 && anchor != null && leaves <= anchor.size()) {
            compare(tile, bytes);
        }
    }

    private void compare(Tile tile, byte[] bytes) {
        byte[] there = read(tile);
        if (there.length > 0 && !Arrays.equals(there, 0, tile.length(), bytes, 0, tile.length())) {
            differs(tile, "its hashes are not those of the records");
        }
    }

    /** Compares the tree with a checkpoint of its size. */
    void checkpoint(Known known) {
        Hash root = known.checkpoint().root();
        boolean sameSize = last != null && last.size() == known.size();
        if (tree.root().equals(root)) {
            lostAt = -1;
            lostTold = false;
        } else if (sameSize && last != null && !last.checkpoint().root().equals(root)) {
            findings.add(FindingKind.CHECKPOINTS_DISAGREE, known.place(), "two roots of size " + known.size());
        } else {
            lost(known);
        }
        if (known.equals(anchor) && lostAt < 0) {
            assembler.partial().forEach((tile, bytes) -> {
                if (tile.level() > 0) {
                    compare(tile, bytes);
                }
            });
        }
        last = known;
    }

    private void lost(Known known) {
        if (!lostTold) {
            String since = last == null ? "the first record" : "size " + last.size();
            findings.add(FindingKind.ROOT_DIFFERS, known.place(), "between " + since + " and size " + known.size());
        }
        lostTold = true;
        long size = known.size();
        if (resume(size) && tree.root().equals(known.checkpoint().root())) {
            lostAt = -1; // the tiles tell how it goes on
            lostTold = false;
        } else {
            lostAt = Math.max(lostAt, 0);
        }
    }

    /**
     * A checkpoint of a size that is behind: of before the first record that is looked at, or sealed while the records were read.
     * Whether the tiles lead from it to the newest one, or from that one to it.
     */
    void before(Known known) {
        if (anchor == null) {
            return;
        }
        Known smaller = known.size() <= anchor.size() ? known : anchor;
        Known larger = known.size() <= anchor.size() ? anchor : known;
        try {
            boolean consistent = tiles.prover(larger.size())
                    .consistency(smaller.size(), larger.size())
                    .verify(smaller.checkpoint().root(), larger.checkpoint().root())
                    .verified();
            if (!consistent) {
                findings.add(FindingKind.CHECKPOINTS_DISAGREE, known.place(), "size " + known.size() + " and newest");
            }
        } catch (IOException e) {
            findings.add(
                    FindingKind.TILE_MISSING,
                    Place.file("tile"),
                    "to prove size " + known.size() + ": " + e.getMessage());
        }
    }
}
