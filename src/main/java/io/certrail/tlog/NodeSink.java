package io.certrail.tlog;

/** Takes the hashes of a tree's perfect subtrees in the moment in which they become final. */
@FunctionalInterface
public interface NodeSink {
    /**
     * Takes the hash of the leaves {@code [index << level, (index + 1) << level)}; must not throw.
     *
     * @param level 0 for a leaf
     * @param array holds the hash at the offset, 32 bytes; reused, so copy what you keep
     */
    void completed(int level, long index, byte[] array, int offset);
}
