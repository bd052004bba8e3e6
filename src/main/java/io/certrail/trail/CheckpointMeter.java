package io.certrail.trail;

/** Hears what the integrator does. Called by its thread; must neither block nor throw. */
public interface CheckpointMeter {
    /** Hears nothing. */
    CheckpointMeter NONE = new CheckpointMeter() {};

    /** A checkpoint was signed and is on disk; how long that took, from when its size was fixed. */
    default void published(long nanos) {}

    /** An attempt to go on failed; it is repeated. */
    default void failed() {}
}
