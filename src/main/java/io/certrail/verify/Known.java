package io.certrail.verify;

import io.certrail.tlog.Checkpoint;
import io.certrail.trail.CheckpointCounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that a key in force signed.
 *
 * @param counts null: none that are understood
 * @param outside whether it came from elsewhere: then it is no part of the trail's own history
 */
record Known(Place place, Checkpoint checkpoint, @Nullable CheckpointCounts counts, boolean outside) {
    long size() {
        return checkpoint.size();
    }

    /** When it was sealed; before all others if it does not tell. */
    Instant time() {
        return counts == null ? Instant.MIN : counts.time();
    }

    /** Whether its time is before another's; false if one of them tells none. */
    boolean isSealedBefore(Known other) {
        return counts != null && other.counts != null && counts.time().isBefore(other.counts.time());
    }
}
