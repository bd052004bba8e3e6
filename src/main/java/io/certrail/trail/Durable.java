package io.certrail.trail;

/**
 * How far a trail is on disk for good, as its writer told at one moment: what {@link TrailReader#next(Durable)} goes by.
 *
 * @param end the number of the first line that is not known to be on disk: all before it are, and stay
 * @param segments how many segments the writer had begun. Lines that a failing disk took back are on disk anew, under their
 *     old numbers, only once another segment was begun for them
 */
public record Durable(long end, int segments) {
    public Durable {
        if (end < 0 || segments < 0) {
            throw new IllegalArgumentException("expected 0 or more, not " + end + " and " + segments);
        }
    }
}
