package io.certrail.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before another attempt: twice as long after each failure, and by up to a fifth less at random, so that
 * many who lost the same peer do not come back at the same moment.
 *
 * @param first after the first failure, above zero
 * @param most at most
 */
record Backoff(Duration first, Duration most) {
    /** Half a second to half a minute. */
    static final Backoff USUAL = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final int DOUBLINGS = 20;

    Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("expected 0 < first <= most, not " + first + ", " + most);
        }
    }

    /** @param failures in a row, 1 or more */
    Duration after(int failures) {
        Duration grown = first.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        long nanos = (grown.compareTo(most) < 0 ? grown : most).toNanos();
        return Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 5 + 1));
    }
}
