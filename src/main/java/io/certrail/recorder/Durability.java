package io.certrail.recorder;

import java.util.Locale;

/** How much of a request's record is on disk before the request goes on: {@code certrail.durability}. */
public enum Durability {
    /** Records are queued; a crash may lose those of the last second. */
    NONE,
    /** The record of a request is on disk before its answer is complete, as long as the answer fits the buffer. */
    ANSWER,
    /** As {@code ANSWER}, and a record of the request's arrival is on disk before the application runs. */
    WORK;

    /** The word that stands in configuration and records. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
