package io.certrail.trail;

import java.time.Duration;

/** A producer's handle on what it appended. */
public interface Ticket {
    /**
     * Waits until the entry is on disk. To be called by one thread only. An interrupt does not end the wait; it is
     * still set afterwards.
     *
     * @param timeout the longest wait
     * @return true once the entry is forced; false if it was lost, or its fate is not known in time: then it may still
     *     be recorded
     */
    boolean await(Duration timeout);

    /** Whether the entry is known to be lost. */
    boolean isLost();
}
