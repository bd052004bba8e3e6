package io.certrail.architecture.offending.trail;

import io.certrail.architecture.offending.event.OffendingEvent;
import java.util.concurrent.atomic.LongAdder;

/** Imports a package that the table does not let it import, closes a cycle, and counts with what takes memory. */
public final class OffendingTrail {
    private final LongAdder seen = new LongAdder();

    /** Counts. */
    public void counts() {
        seen.increment();
    }

    /** Imports upwards. */
    public OffendingEvent importsUpwards() {
        return new OffendingEvent();
    }
}
