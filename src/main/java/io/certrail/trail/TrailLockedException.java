package io.certrail.trail;

import java.io.IOException;

/** Somebody else writes this trail. The operator stops the other writer or gives this one a folder of its own. */
public final class TrailLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    public TrailLockedException(String message) {
        super(message);
    }
}
