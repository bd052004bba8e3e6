package io.certrail.trail;

/** The trail. */
public interface Trail {
    Ticket append(byte[] array, int length, Wait wait);

    TrailCounts counts();

    TrailStatus status();
}
