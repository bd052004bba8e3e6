package io.certrail.tlog;

import java.io.IOException;

/** Gives the hashes of a tree's perfect subtrees, from wherever they are kept. */
@FunctionalInterface
public interface HashSource {
    /**
     * The hash of the leaves {@code [index << level, (index + 1) << level)}; asked only for subtrees that are wholly in the
     * tree.
     *
     * @param level 0 for a leaf
     * @throws IOException if it cannot be had
     */
    Hash hash(int level, long index) throws IOException;
}
