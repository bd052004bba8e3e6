package io.certrail.metrics;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is looked at anew only after a tenth of a second, so that the series of one scrape tell of one moment
 * and add up. Safe for use by any thread.
 */
final class Glance<T> implements Supplier<T> {
    private static final long LASTS_NANOS = 100_000_000L;

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private @Nullable T seen;
    private long seenAt;

    Glance(Supplier<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized T get() {
        long now = nanoTime.getAsLong();
        T value = seen;
        if (value == null || now - seenAt > LASTS_NANOS) {
            value = source.get();
            seen = value;
            seenAt = now;
        }
        return value;
    }
}
