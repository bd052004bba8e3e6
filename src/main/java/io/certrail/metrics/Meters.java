package io.certrail.metrics;

import java.util.function.LongSupplier;

/**
 * Where measurements are shown. One application's own: what it makes is gone after {@link #removeAll()}. Safe for use
 * by any thread.
 */
public interface Meters {
    /** A count that only grows; the same one for the same labels. */
    Count count(Meter meter, Label... labels);

    /** Shows a whole number, which is asked for whenever somebody looks. */
    void show(Meter meter, LongSupplier value, Label... labels);

    /**
     * Shows a histogram as Prometheus knows it: {@code _bucket} with {@code le}, {@code _sum}, {@code _count}.
     *
     * @param distribution is asked whenever somebody looks
     */
    void show(Meter meter, Distribution distribution);

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
}
