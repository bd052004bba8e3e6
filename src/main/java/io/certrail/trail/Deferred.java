package io.certrail.trail;

import java.nio.ByteBuffer;

/**
 * Lines that are durable in the log and were not handed to the segment yet: together, so that making a line durable takes
 * one write. Belongs to the writer's thread.
 */
final class Deferred {
    private static final int MAX_BYTES = 1 << 20;
    /** How long a line may wait: some ten commits, and less than who was answered needs to look. */
    private static final long MAX_NANOS = 2_000_000;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_BYTES);
    private long since;

    boolean hasRoomFor(ByteBuffer lines) {
        return lines.remaining() <= bytes.remaining();
    }

    void add(ByteBuffer lines) {
        if (isEmpty()) {
            since = System.nanoTime();
        }
        bytes.put(lines);
    }

    boolean isEmpty() {
        return bytes.position() == 0;
    }

    /** How many bytes. */
    int bytes() {
        return bytes.position();
    }

    /** When they are to be handed over, in nanoseconds from now. */
    long nanosUntilDue() {
        return isEmpty() ? Long.MAX_VALUE : MAX_NANOS - (System.nanoTime() - since);
    }

    /** All of them. */
    ByteBuffer lines() {
        return bytes.duplicate().flip();
    }

    void clear() {
        bytes.clear();
    }
}
