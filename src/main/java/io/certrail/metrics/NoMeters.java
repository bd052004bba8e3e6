package io.certrail.metrics;

import java.util.function.LongSupplier;

/** Shows nothing: for a server that has nowhere to show it. */
final class NoMeters implements Meters {
    private static final Count UNCOUNTED = more -> {};

    @Override
    public Count count(Meter meter, Label... labels) {
        return UNCOUNTED;
    }

    @Override
    public void show(Meter meter, LongSupplier value, Label... labels) {
        // nobody looks
    }

    @Override
    public void show(Meter meter, Distribution distribution) {
        // nobody looks
    }

    @Override
    public void removeAll() {
        // nothing was made
    }
}
