package io.certrail.tlog;

import java.io.IOException;
import java.util.Arrays;

/**
 * A Merkle tree that grows leaf by leaf and keeps only its right edge, 63 hashes (RFC 9162 section 2.1.2). An append costs
 * one node hash on average and allocates nothing; the root costs at most 62. There is no way back: add what is
 * forced to disk. For one thread.
 */
public final class MerkleTree {
    private static final int LEVELS = 63;

    private final TreeHasher hasher = new TreeHasher();
    private final NodeSink completed;
    /** At each level whose bit is set in the size: the hash of the perfect subtree of that height. */
    private final byte[] edge = new byte[LEVELS * Hash.LENGTH];

    private final byte[] node = new byte[Hash.LENGTH];
    private long size;

    /** A tree without leaves. */
    public MerkleTree() {
        this((level, index, array, offset) -> {});
    }

    /** A tree without leaves that shows each hash as it becomes final. */
    public MerkleTree(NodeSink completed) {
        this.completed = completed;
    }

    /**
     * A tree as it was at a size, to go on from there.
     *
     * @throws IOException if the source cannot give a hash
     */
    public static MerkleTree resume(long size, HashSource source, NodeSink completed) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("tree size " + size);
        }
        MerkleTree tree = new MerkleTree(completed);
        for (int level = 0; level < LEVELS; level++) {
            if (hasSubtree(size, level)) {
                source.hash(level, (size >>> level) - 1).copyTo(tree.edge, level * Hash.LENGTH);
            }
        }
        tree.size = size;
        return tree;
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    /** Adds a leaf by its hash. */
    public void append(Hash leafHash) {
        leafHash.copyTo(node, 0);
        append();
    }

    /** Adds a leaf by its hash, 32 bytes of an array. */
    public void append(byte[] array, int offset) {
        System.arraycopy(array, offset, node, 0, Hash.LENGTH);
        append();
    }

    private void append() {
        int level = 0;
        completed.completed(level, size, node, 0);
        while (hasSubtree(size, level)) {
            hasher.node(edge, level * Hash.LENGTH, node, 0, node, 0);
            level++;
            completed.completed(level, size >>> level, node, 0);
        }
        System.arraycopy(node, 0, edge, level * Hash.LENGTH, Hash.LENGTH);
        size++;
    }

    /** The root hash of the tree as it is now. */
    public Hash root() {
        if (size == 0) {
            return Hash.EMPTY_ROOT;
        }
        int lowest = Long.numberOfTrailingZeros(size) * Hash.LENGTH;
        byte[] root = Arrays.copyOfRange(edge, lowest, lowest + Hash.LENGTH);
        for (long rest = size & (size - 1); rest != 0; rest &= rest - 1) {
            hasher.node(edge, Long.numberOfTrailingZeros(rest) * Hash.LENGTH, root, 0, root, 0);
        }
        return Hash.of(root, 0);
    }

    private static boolean hasSubtree(long size, int level) {
        return (size >>> level & 1) == 1;
    }
}
