package io.certrail.architecture.offending.trail;

import io.certrail.architecture.offending.event.OffendingEvent;

/** Imports a package that the table does not let it import, and closes a cycle. */
public final class OffendingTrail {
    /** Imports upwards. */
    public OffendingEvent importsUpwards() {
        return new OffendingEvent();
    }
}
