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

    /**
     * What never becomes less.
     *
     * @param lost of connections
     * @param requestsLost of requests
     */
    record Most(long numbered, long accepted, long lost, long begun, long requestsLost) {
        static final Most NONE = new Most(0, 0, 0, 0, 0);

        static Most of(CheckpointCounts counts) {
            CheckpointCounts.Connections connections = counts.connections();
            CheckpointCounts.Requests requests = counts.requests();
            return new Most(
                    connections.numbered(),
                    connections.accepted(),
                    connections.lost(),
                    requests.begun(),
                    requests.lost());
        }

        Most and(Most other) {
            return new Most(
                    Math.max(numbered, other.numbered),
                    Math.max(accepted, other.accepted),
                    Math.max(lost, other.lost),
                    Math.max(begun, other.begun),
                    Math.max(requestsLost, other.requestsLost));
        }
    }

    /** Takes what the next checkpoint tells, and gives the most that those of lesser sizes told. */
    Most next(long newSize, Most told) {
        if (newSize != size) {
            before = before.and(ofSize);
            size = newSize;
        }
        ofSize = ofSize.and(told);
        return before;
    }
}
