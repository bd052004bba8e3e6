package io.certrail.trail;

/** Whether a producer waits until its entry is on disk, and so what becomes of the entry while the disk fails. */
public enum Wait {
    /** Nobody waits: written after the linger, forced after the interval, kept and retried while writing fails. */
    NONE,
    /** Somebody waits: written and forced at once, lost at once while writing fails. */
    DURABLE
}
