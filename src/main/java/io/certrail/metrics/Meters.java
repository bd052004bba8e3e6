package io.certrail.metrics;

import java.util.function.LongSupplier;

/**
 * Where measurements are shown. One application's own: what it makes is gone after {@link #removeAll()}. Safe for use
 * by any thread.
 */
public interface Meters {
    /** A count that only grows; the same one for the same labels. */
    Count count(Meter meter, Label... labels);

    /** Shows a whole number, which is asked for whenever somebody looks. To be called once for a meter. */
    void show(Meter meter, LongSupplier value);

    /**
     * A histogram as Prometheus knows it: {@code _bucket} with {@code le}, {@code _sum}, {@code _count}. To be called
     * once for a meter.
     */
    Times times(Meter meter);

    /** Takes all that was made here away. */
    void removeAll();

    /** A count that only grows. Cheap, and safe for use by any thread. */
    interface Count {
        /** One more. */
        default void add() {
            add(1);
        }

        void add(long more);
    }

    /** Times that are counted in buckets. Cheap, and safe for use by any thread. */
    interface Times {
        /** One time more; below zero counts as zero. */
        void add(long nanos);
    }
}
