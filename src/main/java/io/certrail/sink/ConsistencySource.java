package io.certrail.sink;

import io.certrail.tlog.ConsistencyProof;
import java.io.IOException;

/** Gives the proofs that witnesses ask for. Safe for use by any thread. */
@FunctionalInterface
public interface ConsistencySource {
    /**
     * The proof that the tree of one size begins with that of another.
     *
     * @throws IOException if the tree's hashes cannot be read
     */
    ConsistencyProof consistency(long oldSize, long newSize) throws IOException;
}
