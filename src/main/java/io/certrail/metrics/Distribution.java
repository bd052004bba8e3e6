package io.certrail.metrics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of times with fixed bounds. Its own rather than MicroProfile's: Payara's timers show their quantiles in
 * nanoseconds under a name that says seconds, quantiles of several servers cannot be added up, and an update costs ten
 * times as much. Safe for use by any thread; never blocks.
 */
public final class Distribution {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] bounds;
    private final LongAdder[] buckets;
    private final LongAdder sum = new LongAdder();

    private Distribution(long... bounds) {
        this.bounds = bounds;
        this.buckets = new LongAdder[bounds.length + 1];
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    /** Of times between half a millisecond and ten seconds: handshakes and requests. */
    static Distribution ofAnswers() {
        return ofMicros(
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
                10_000_000);
    }

    /** Of times between 25 microseconds and two and a half seconds: writes to a disk. */
    static Distribution ofWrites() {
        return ofMicros(
                25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000,
                2_500_000);
    }

    /** Of times between a day and three years: lifetimes of certificates. */
    static Distribution ofLifetimes() {
        return new Distribution(Arrays.stream(new long[] {1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095})
                .map(days -> Duration.ofDays(days).toNanos())
                .toArray());
    }

    private static Distribution ofMicros(long... bounds) {
        return new Distribution(
                Arrays.stream(bounds).map(micros -> micros * 1000).toArray());
    }

    /** Counts one time; below zero counts as zero. */
    void add(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sum.add(Math.max(nanos, 0));
    }

    /** How many bounds there are; bucket number {@code bounds()} is the one above all of them. */
    public int bounds() {
        return bounds.length;
    }

    /** The bound of a bucket as Prometheus writes it in {@code le}: seconds, or {@code +Inf}. */
    public String le(int bucket) {
        return bucket == bounds.length
                ? "+Inf"
                : BigDecimal.valueOf(bounds[bucket], 9).stripTrailingZeros().toPlainString();
    }

    /** How many times were at most the bound of this bucket. */
    public long upTo(int bucket) {
        long count = 0;
        for (int i = 0; i <= bucket; i++) {
            count += buckets[i].sum();
        }
        return count;
    }

    /** How many times there were. */
    public long count() {
        return upTo(bounds.length);
    }

    /** All times together, in seconds. */
    public double sumSeconds() {
        return sum.sum() / NANOS_PER_SECOND;
    }
}
