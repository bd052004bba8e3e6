package io.certrail.verify;

import io.certrail.trail.CheckpointCounts;

/**
 * The most that checkpoints of one start told of what never becomes less, as long as they come in the order of their sizes. Of
 * one size, which was sealed first is not known for certain: so each is compared with those of lesser sizes. For one thread.
 */
final class MostTold {
    private long size = -1;
    private Most before = Most.NONE;
    private Most ofSize = Most.NONE;

    /** @param lost of connections */
    record Most(long numbered, long accepted, long lost) {
        static final Most NONE = new Most(0, 0, 0);

        Most and(Most other) {
            return new Most(
                    Math.max(numbered, other.numbered), Math.max(accepted, other.accepted), Math.max(lost, other.lost));
        }
    }

    /** Takes what the next checkpoint tells, and gives the most that those of lesser sizes told. */
    Most next(long newSize, CheckpointCounts.Connections told) {
        if (newSize != size) {
            before = before.and(ofSize);
            size = newSize;
        }
        ofSize = ofSize.and(new Most(told.numbered(), told.accepted(), told.lost()));
        return before;
    }
}
