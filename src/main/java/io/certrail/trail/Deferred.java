package io.certrail.trail;

import java.nio.ByteBuffer;

/**
 * Lines that are durable in the log and were not handed to the segment yet: together, so that making a line durable takes
 * one write. Belongs to the writer's thread.
 */
final class Deferred {
    private static final int MAX_BYTES = 1 << 20;

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

    /** For how long the first of them waits; 0 if there are none. */
    long ageNanos() {
        return isEmpty() ? 0 : System.nanoTime() - since;
    }

    /** All of them. */
    ByteBuffer lines() {
        return bytes.duplicate().flip();
    }

    void clear() {
        bytes.clear();
    }
}
