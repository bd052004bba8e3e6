package io.certrail.trail;

import java.time.Duration;

/** A producer's handle on its record. */
public interface Ticket {
    boolean await(Duration longest);
}
