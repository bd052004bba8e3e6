package io.certrail.tlog;

/** What the check of a proof found. */
public enum ProofVerdict {
    /** The proof holds. */
    VERIFIED,
    /** The leaf's index is negative or not below the tree's size. */
    INDEX_NOT_IN_TREE,
    /** The old size is negative or above the new one. */
    SIZES_REVERSED,
    /** The number of hashes is not that of a proof for these sizes. */
    WRONG_LENGTH,
    /** The hashes lead to another root, or the leaf is another. */
    ROOT_DIFFERS,
    /** The hashes lead to another root of the older tree. */
    OLD_ROOT_DIFFERS;

    /** Whether the proof holds. */
    public boolean verified() {
        return this == VERIFIED;
    }
}
