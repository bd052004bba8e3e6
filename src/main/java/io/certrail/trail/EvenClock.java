package io.certrail.trail;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock for what can not be undone. It follows the system's, but when that jumps ahead, it goes on evenly, by monotonic time,
 * until the system's has run evenly for a day from there: time to set it right. What it shows when it is made, it believes.
 * Belongs to one thread, which asks it more often than once a day.
 */
final class EvenClock {
    /** More than a clock drifts between two readings, and than the hour that one is wrong by for summer time. */
    static final Duration JUMP = Duration.ofHours(2);

    static final Duration DOUBT = Duration.ofDays(1);

    private final Clock clock;
    private final LongSupplier nanos;
    private Reading believed;
    private @Nullable Reading doubted;

    /** @param nanos monotonic time */
    EvenClock(Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.believed = read();
    }

    private record Reading(Instant time, long nanos) {
        Instant at(Reading later) {
            return time.plusNanos(later.nanos - nanos);
        }
    }

    private Reading read() {
        return new Reading(clock.instant(), nanos.getAsLong());
    }

    Instant instant() {
        Reading now = read();
        Instant even = believed.at(now);
        boolean ahead = now.time.isAfter(even.plus(JUMP));
        if (ahead && !hasRunEvenly(now)) {
            return even;
        }
        believed = now;
        doubted = null;
        return now.time;
    }

    private boolean hasRunEvenly(Reading now) {
        Reading since = doubted;
        if (since == null || Duration.between(since.at(now), now.time).abs().compareTo(JUMP) > 0) {
            doubted = now;
            GuardedLog.log(
                    Level.WARNING,
                    "CTR0309 The clock jumped from {0} to {1}: until it has run evenly for a day, nothing of the trail is"
                            + " deleted that would be too old by it alone. If it is wrong, set it right by then",
                    believed.at(now),
                    now.time);
            return false;
        }
        return now.nanos - since.nanos >= DOUBT.toNanos();
    }
}
