package io.certrail.trail;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long closed segments are kept. The segment being written is never deleted, and only whole segments are, oldest
 * first, each told in a record that is on disk before the deletion.
 *
 * @param maxAge since a segment was last written; null: for ever
 * @param maxBytes of all segments together, the current one included; 0: no bound
 */
public record Retention(@Nullable Duration maxAge, long maxBytes) {
    /** Keeps everything. */
    public static final Retention ALL = new Retention(null, 0);

    public Retention {
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
            throw new IllegalArgumentException("retention age: expected a positive duration, not " + maxAge);
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("retention bytes: expected 0 (no bound) or more, not " + maxBytes);
        }
    }

    boolean keepsAll() {
        return maxAge == null && maxBytes == 0;
    }

    Optional<Duration> age() {
        return Optional.ofNullable(maxAge);
    }
}
