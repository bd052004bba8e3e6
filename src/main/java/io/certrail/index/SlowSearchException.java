package io.certrail.index;

import java.io.IOException;
import java.time.Duration;

/** A search that took too long and was given up. Who asks narrows it, by time for instance. */
public final class SlowSearchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param limit the longest that a search may take */
    public SlowSearchException(Duration limit) {
        super("the search took longer than " + limit.toSeconds() + " s");
    }
}
