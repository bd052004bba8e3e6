package io.certrail.tlog;

import java.util.List;

/**
 * The claim that a leaf is in a tree, with the hashes to check it by (RFC 9162 section 2.1.3). The components are not
 * checked: they may come from anyone, and {@link #verify} takes whatever they are.
 *
 * <p>The hashes do not bind the size: take that, and the root, from a signed checkpoint.
 *
 * @param index the leaf's, from 0
 * @param size of the tree
 * @param path from the leaf's sibling up to the root's child
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Checks that the leaf with this hash is in the tree with this root (RFC 9162 section 2.1.3.2). Pure. */
    public ProofVerdict verify(Hash leafHash, Hash root) {
        if (index < 0 || index >= size) { // step 1
            return ProofVerdict.INDEX_NOT_IN_TREE;
        }
        TreeHasher hasher = new TreeHasher();
        Ascent ascent = new Ascent(index, size - 1); // step 2
        Hash r = leafHash; // step 3
        for (Hash p : path) { // step 4
            if (ascent.atTop()) {
                return ProofVerdict.WRONG_LENGTH;
            }
            r = ascent.up() ? hasher.node(p, r) : hasher.node(r, p);
        }
        if (!ascent.atTop()) { // step 5
            return ProofVerdict.WRONG_LENGTH;
        }
        return r.equals(root) ? ProofVerdict.VERIFIED : ProofVerdict.ROOT_DIFFERS;
    }
}
