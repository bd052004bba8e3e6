package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.FloodEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One source and reason: a token bucket, and the tally of what found no token. The bucket is the virtual scheduling
 * algorithm of ITU-T I.371, which keeps one number. Safe for use by any thread: this object's lock guards all.
 */
final class FloodBucket {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final FloodEvent.Kind kind;
    private final long intervalNanos;
    private final long depthNanos;
    /** When the next token would come if none had been saved, by the gate's time. */
    private long due;

    private @Nullable FloodTally tally;
    private boolean retired;

    FloodBucket(FloodEvent.Kind kind, FloodOptions options, long now) {
        this.kind = kind;
        intervalNanos = SECOND_NANOS / options.rate();
        depthNanos = intervalNanos * (options.burst() - 1);
        due = now;
    }

    FloodEvent.Kind kind() {
        return kind;
    }

    /** What became of a failure. */
    enum Fate {
        /** There was a token: it has a record of its own. */
        ADMITTED,
        /** It was added to the tally. */
        COALESCED,
        /** The tally takes no more: tell it and offer again. */
        FULL,
        /** The bucket is not used any more: offer it to another. */
        RETIRED
    }

    /**
     * Takes a token for a failure, or adds it to the tally.
     *
     * @param number of its connection, or -1
     * @param gate a closed one admits all; hears of what is coalesced before anybody can take the tally
     */
    synchronized Fate offer(AuditEvent event, long number, long now, FloodGate gate) {
        if (retired) {
            return Fate.RETIRED;
        }
        if (gate.isClosed() || takeToken(now)) {
            return Fate.ADMITTED;
        }
        FloodTally counted = tally;
        if (counted == null) {
            tally = new FloodTally(event, number);
        } else if (!counted.add(event, number)) {
            return Fate.FULL;
        }
        gate.coalesced(event);
        return Fate.COALESCED;
    }

    private boolean takeToken(long now) {
        long ahead = due - now;
        if (ahead > depthNanos) {
            return false;
        }
        due = now + Math.max(ahead, 0) + intervalNanos;
        return true;
    }

    /** Takes what is to be told; {@code null}: nothing. Where memory is out, it throws, and nothing has changed. */
    @Nullable
    synchronized FloodEvent take(Instant now) {
        FloodEvent told = tally == null ? null : tally.event(kind, now);
        tally = null;
        return told;
    }

    /** Retires it if that makes no difference: nothing is to be told, and every token is there. */
    synchronized boolean retireIfIdle(long now) {
        retired |= tally == null && due - now <= 0;
        return retired;
    }
}
