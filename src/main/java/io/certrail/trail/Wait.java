package io.certrail.trail;

/** Whether the producer waits for its record. */
public enum Wait {
    NONE,
    DURABLE
}
