package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock for what can not be undone. It follows the system's, but when that jumps ahead, it goes on evenly, by monotonic time,
 * until the system's has run evenly for a day from there, restarts and suspends aside: time to set it right. Belongs to one
 * thread, which asks it more often than once a day.
 */
final class EvenClock {
    /** More than a clock drifts between two readings, and than the hour that one is wrong by for summer time. */
    static final Duration JUMP = Duration.ofHours(2);

    static final Duration DOUBT = Duration.ofDays(1);

    /** How long nothing may run, at most, for doubt to go on after it: what is off or suspended at night comes to a day, too. */
    static final Duration STOP = Duration.ofDays(1);

    /** Of what ran evenly before a stop, the most that counts after it: what looks like one may be a clock that was set again. */
    static final Duration MOST_BEFORE_STOP = Duration.ofHours(18);

    private final Clock clock;
    private final LongSupplier nanos;
    private Reading believed;
    /** Since when, in this life. */
    private @Nullable Reading doubted;

    /** The last one in doubt: up to there the system's clock ran evenly. */
    private Reading evenUntil;

    /** How long the system's clock ran evenly before that, since it was doubted: before this life, and before stops in it. */
    private Duration doubtedBefore;

    /**
     * Goes on from a time that was believed; and from doubt, if the system's clock went on from what it showed then. What another
     * clock ran through says nothing about this one.
     *
     * @param nanos monotonic time
     */
    EvenClock(Clock clock, LongSupplier nanos, KeptTime.Belief last) {
        this.clock = clock;
        this.nanos = nanos;
        this.believed = new Reading(last.time(), nanos.getAsLong());
        this.evenUntil = believed;
        this.doubtedBefore = counting(last.doubted(), Duration.between(last.shown(), clock.instant()));
    }

    /** How much of what ran evenly counts after the clock went on by so much in which nothing ran. */
    private static Duration counting(Duration even, Duration stop) {
        if (stop.isNegative() || stop.compareTo(STOP) >= 0) {
            return Duration.ZERO;
        }
        boolean all = stop.compareTo(JUMP) <= 0 || even.compareTo(MOST_BEFORE_STOP) < 0;
        return all ? even : MOST_BEFORE_STOP;
    }

    /** Goes on from what was kept, if anything was; else from what the clock shows. */
    static EvenClock resumed(KeptTime kept, Clock clock, LongSupplier nanos) throws IOException {
        Optional<KeptTime.Belief> last = kept.last();
        return last.isPresent() ? new EvenClock(clock, nanos, last.get()) : believing(clock, nanos);
    }

    /** Goes on from what the clock shows. */
    static EvenClock believing(Clock clock, LongSupplier nanos) {
        return new EvenClock(clock, nanos, KeptTime.Belief.undoubted(clock.instant()));
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
        return believe(read());
    }

    private Instant believe(Reading now) {
        Instant even = believed.at(now);
        boolean ahead = now.time.isAfter(even.plus(JUMP));
        if (ahead && !hasRunEvenly(now)) {
            return even;
        }
        believed = now;
        doubted = null;
        doubtedBefore = Duration.ZERO;
        return now.time;
    }

    /** What another life is to go on from: doubted for less than {@link #DOUBT}, for then the clock is believed. */
    KeptTime.Belief belief() {
        Reading now = read();
        Instant time = believe(now);
        Reading since = doubted;
        return new KeptTime.Belief(time, since == null ? Duration.ZERO : evenSince(since, now), now.time);
    }

    private Duration evenSince(Reading since, Reading now) {
        return doubtedBefore.plusNanos(now.nanos - since.nanos);
    }

    private boolean hasRunEvenly(Reading now) {
        Reading since = doubted;
        Duration jump = since == null ? Duration.ZERO : Duration.between(since.at(now), now.time);
        if (since == null || jump.abs().compareTo(JUMP) > 0) {
            if (since != null) {
                doubtedBefore = counting(evenSince(since, evenUntil), jump);
            }
            since = now;
            doubted = now;
            GuardedLog.log(
                    Level.WARNING,
                    "CTR0309 The clock went from {0} to {1}, by a jump or while nothing ran: until it has run evenly for a"
                            + " day, nothing of the trail is deleted that would be too old by it alone. If it is wrong, set"
                            + " it right by then",
                    believed.at(now),
                    now.time);
        }
        evenUntil = now;
        return evenSince(since, now).compareTo(DOUBT) >= 0;
    }
}
