package io.certrail.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes proofs and roots of a tree, at any size up to that of its source of hashes. Asks for about {@code log2(size)}
 * hashes, at most twice that. For one thread.
 */
public final class Prover {
    private final HashSource source;
    private final TreeHasher hasher = new TreeHasher();

    public Prover(HashSource source) {
        this.source = source;
    }

    /** The root hash of the first leaves, {@code MTH(D[0:size])} (RFC 9162 section 2.1.1). */
    public Hash root(long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("tree size " + size);
        }
        return size == 0 ? Hash.EMPTY_ROOT : hash(0, size);
    }

    /** The proof that a leaf is in the tree of a size, {@code PATH(index, D[0:size])} (RFC 9162 section 2.1.3.1). */
    public InclusionProof inclusion(long index, long size) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        path(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /**
     * The proof that the tree of one size begins with that of another, {@code PROOF(oldSize, D[0:newSize])} (RFC 9162 section
     * 2.1.4.1); of no hashes if the sizes are the same or the old one is 0.
     */
    public ConsistencyProof consistency(long oldSize, long newSize) throws IOException {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("trees of " + oldSize + " and " + newSize);
        }
        List<Hash> path = new ArrayList<>();
        if (oldSize > 0) {
            subproof(oldSize, 0, newSize, true, path);
        }
        return new ConsistencyProof(oldSize, newSize, path);
    }

    private void path(long index, long begin, long end, List<Hash> path) throws IOException {
        if (end - begin == 1) {
            return;
        }
        long split = split(begin, end);
        if (index < split) {
            path(index, begin, split, path);
            path.add(hash(split, end));
        } else {
            path(index, split, end, path);
            path.add(hash(begin, split));
        }
    }

    /** {@code SUBPROOF} of RFC 9162 section 2.1.4.1, with the range's begin kept instead of subtracted. */
    private void subproof(long oldSize, long begin, long end, boolean rootIsKnown, List<Hash> path) throws IOException {
        if (oldSize == end) {
            if (!rootIsKnown) {
                path.add(hash(begin, end));
            }
            return;
        }
        long split = split(begin, end);
        if (oldSize <= split) {
            subproof(oldSize, begin, split, rootIsKnown, path);
            path.add(hash(split, end));
        } else {
            subproof(oldSize, split, end, false, path);
            path.add(hash(begin, split));
        }
    }

    /** {@code MTH(D[begin:end])}, where the range is one that splitting gives: its begin is aligned. */
    private Hash hash(long begin, long end) throws IOException {
        long leaves = end - begin;
        if (Long.bitCount(leaves) == 1) {
            int level = Long.numberOfTrailingZeros(leaves);
            return source.hash(level, begin >>> level);
        }
        long split = split(begin, end);
        return hasher.node(hash(begin, split), hash(split, end));
    }

    /** The begin plus the largest power of two that is smaller than the number of leaves. */
    private static long split(long begin, long end) {
        return begin + Long.highestOneBit(end - begin - 1);
    }
}
