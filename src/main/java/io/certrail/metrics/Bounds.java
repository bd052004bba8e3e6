package io.certrail.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;

/**
 * Upper bounds of a histogram's buckets. The same ones wherever it is shown, so that those of several servers add up.
 */
enum Bounds {
    /** Of times between half a millisecond and ten seconds: handshakes and requests. */
    ANSWERS(micros(
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000)),
    /** Of times between 25 microseconds and two and a half seconds: writes to a disk. */
    WRITES(micros(
            25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
            2_500_000)),
    /** Of times between a day and three years: lifetimes of certificates. */
    LIFETIMES(days(1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095));

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    @SuppressWarnings("ImmutableEnumChecker") // never written, never given out
    private final long[] nanos;

    Bounds(long... nanos) {
        this.nanos = nanos;
    }

    private static long[] micros(long... micros) {
        return Arrays.stream(micros).map(each -> each * 1000).toArray();
    }

    private static long[] days(long... days) {
        return Arrays.stream(days).map(each -> Duration.ofDays(each).toNanos()).toArray();
    }

    /** How many there are; bucket number {@code size()} is the one above all of them. */
    int size() {
        return nanos.length;
    }

    /** The bucket that a time belongs to. */
    int bucket(long time) {
        int bucket = 0;
        while (bucket < nanos.length && time > nanos[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The bound of a bucket as Prometheus writes it in {@code le}: seconds, or {@code +Inf}. */
    String le(int bucket) {
        return bucket == nanos.length
                ? "+Inf"
                : BigDecimal.valueOf(nanos[bucket], 9).stripTrailingZeros().toPlainString();
    }

    /** Whether none of them is a fraction of a second. */
    boolean areWholeSeconds() {
        return Arrays.stream(nanos).allMatch(each -> each % NANOS_PER_SECOND == 0);
    }

    /** All of them. */
    Duration[] durations() {
        return Arrays.stream(nanos).mapToObj(Duration::ofNanos).toArray(Duration[]::new);
    }
}
