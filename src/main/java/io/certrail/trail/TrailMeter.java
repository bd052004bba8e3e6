package io.certrail.trail;

/** Hears what the writer does. Called by the writer's thread; must neither block nor throw. */
public interface TrailMeter {
    /** Hears nothing. */
    TrailMeter NONE = new TrailMeter() {};

    /** A batch was written. */
    default void appended(int records, long bytes, long nanos) {}

    /** What had been written was forced. */
    default void forced(long nanos) {}

    /** So many entries more were lost. */
    default void lost(long count) {}

    /** An attempt to write failed. */
    default void failed() {}

    /** The write-ahead log could not be used: until it can, segments are forced instead. */
    default void logFailed() {}
}
