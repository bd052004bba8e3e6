package io.certrail.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The claim that a tree begins with another, with the hashes to check it by (RFC 9162 section 2.1.4). The components are
 * not checked: they may come from anyone, and {@link #verify} takes whatever they are.
 *
 * <p>The hashes do not bind the sizes: take them, and the roots, from signed checkpoints.
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Checks that the tree with the new root begins with that of the old one (RFC 9162 section 2.1.4.2). Pure.
     *
     * <p>Beyond the RFC, as in C2SP tlog-witness: trees of the same size must have the same root, and every tree begins with
     * the empty one, whose root is {@link Hash#EMPTY_ROOT}; either proof has no hashes.
     */
    public ProofVerdict verify(Hash oldRoot, Hash newRoot) {
        if (oldSize < 0 || oldSize > newSize) {
            return ProofVerdict.SIZES_REVERSED;
        }
        if (oldSize == 0 && !oldRoot.equals(Hash.EMPTY_ROOT)) {
            return ProofVerdict.OLD_ROOT_DIFFERS;
        }
        if (oldSize == 0 || oldSize == newSize) {
            return withoutHashes(oldRoot, newRoot);
        }
        if (path.isEmpty()) { // step 1
            return ProofVerdict.WRONG_LENGTH;
        }
        List<Hash> hashes = new ArrayList<>(path.size() + 1);
        if (Long.bitCount(oldSize) == 1) { // step 2
            hashes.add(oldRoot);
        }
        hashes.addAll(path);
        return climb(hashes, oldRoot, newRoot);
    }

    private ProofVerdict withoutHashes(Hash oldRoot, Hash newRoot) {
        if (!path.isEmpty()) {
            return ProofVerdict.WRONG_LENGTH;
        }
        boolean differs = oldSize == newSize && !oldRoot.equals(newRoot);
        return differs ? ProofVerdict.ROOT_DIFFERS : ProofVerdict.VERIFIED;
    }

    private ProofVerdict climb(List<Hash> hashes, Hash oldRoot, Hash newRoot) {
        TreeHasher hasher = new TreeHasher();
        int ones = Long.numberOfTrailingZeros(oldSize); // the low ones of oldSize - 1
        Ascent ascent = new Ascent((oldSize - 1) >>> ones, (newSize - 1) >>> ones); // steps 3 and 4
        Hash fr = hashes.get(0); // step 5
        Hash sr = fr;
        for (Hash c : hashes.subList(1, hashes.size())) { // step 6
            if (ascent.atTop()) {
                return ProofVerdict.WRONG_LENGTH;
            }
            if (ascent.up()) {
                fr = hasher.node(c, fr);
                sr = hasher.node(c, sr);
            } else {
                sr = hasher.node(sr, c);
            }
        }
        if (!ascent.atTop()) { // step 7
            return ProofVerdict.WRONG_LENGTH;
        }
        if (!fr.equals(oldRoot)) {
            return ProofVerdict.OLD_ROOT_DIFFERS;
        }
        return sr.equals(newRoot) ? ProofVerdict.VERIFIED : ProofVerdict.ROOT_DIFFERS;
    }
}
