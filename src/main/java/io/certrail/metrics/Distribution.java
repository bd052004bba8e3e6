package io.certrail.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of times with fixed bounds. Its own rather than MicroProfile's: Payara's timers show their quantiles in
 * nanoseconds under a name that says seconds, quantiles of several servers cannot be added up, and an update costs ten
 * times as much. Safe for use by any thread; never blocks.
 */
final class Distribution implements Meters.Times {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Bounds bounds;
    private final LongAdder[] buckets;
    /** In seconds: nanoseconds would overflow with some hundred lifetimes of certificates. */
    private final DoubleAdder sum = new DoubleAdder();

    Distribution(Bounds bounds) {
        this.bounds = bounds;
        this.buckets = new LongAdder[bounds.size() + 1];
        Arrays.setAll(buckets, i -> new LongAdder());
    }

    @Override
    public void add(long nanos) {
        buckets[bounds.bucket(nanos)].increment();
        sum.add(Math.max(nanos, 0) / NANOS_PER_SECOND);
    }

    /** How many times were at most the bound of this bucket. */
    long upTo(int bucket) {
        long count = 0;
        for (int i = 0; i <= bucket; i++) {
            count += buckets[i].sum();
        }
        return count;
    }

    /** How many times there were. */
    long count() {
        return upTo(bounds.size());
    }

    /** All times together, in seconds. */
    double sumSeconds() {
        return sum.sum();
    }
}
