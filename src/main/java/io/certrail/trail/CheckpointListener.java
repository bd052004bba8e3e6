package io.certrail.trail;

import io.certrail.tlog.Checkpoint;

/**
 * Hears of each checkpoint once it is on disk, to carry it where the server's administrator cannot rewrite it. Called by the
 * integrator's thread in the order of the checkpoints; must neither block nor throw: whoever delivers keeps the newest and
 * does so by a thread of its own.
 */
@FunctionalInterface
public interface CheckpointListener {
    /** Hears nothing. */
    CheckpointListener NONE = (checkpoint, note) -> {};

    /**
     * A checkpoint was published.
     *
     * @param checkpoint what it says; {@link CheckpointCounts#of} gives its counts
     * @param note its bytes, signed; not to be changed
     */
    void published(Checkpoint checkpoint, byte[] note);
}
