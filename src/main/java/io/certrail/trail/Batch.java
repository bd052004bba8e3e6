package io.certrail.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The lines appended since the last ones became durable, in the form of a frame of the log: room for its head, then the
 * lines. The segment gets the same bytes. Belongs to the writer's thread.
 */
final class Batch {
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(LogFrame.BLOCK).asReadOnlyBuffer();

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LogFrame.MAX_BYTES + LogFrame.BLOCK)
            .alignedSlice(LogFrame.BLOCK)
            .limit(LogFrame.MAX_BYTES)
            .position(LogFrame.HEAD);
    /** Index of the first byte that the segment has not got. */
    private int unwritten = LogFrame.HEAD;

    private int lines;
    /** Whether all these lines are still here: a batch too large for the memory passes through it. */
    private boolean whole = true;

    /** Takes bytes to the segment, through this memory. */
    interface Drain {
        void write() throws IOException;
    }

    /** Adds a line; calls the drain each time that the memory is full. */
    void add(byte[] line, byte[] ending, Drain drain) throws IOException {
        put(line, drain);
        put(ending, drain);
        lines++;
    }

    private void put(byte[] part, Drain drain) throws IOException {
        for (int from = 0; from < part.length; ) {
            if (!bytes.hasRemaining()) {
                drain.write();
                bytes.position(LogFrame.HEAD);
                unwritten = LogFrame.HEAD;
                whole = false;
            }
            int count = Math.min(part.length - from, bytes.remaining());
            bytes.put(part, from, count);
            from += count;
        }
    }

    /** How many bytes the segment has not got. */
    int unwrittenBytes() {
        return bytes.position() - unwritten;
    }

    /** What the segment has not got. */
    ByteBuffer unwritten() {
        return bytes.duplicate().limit(bytes.position()).position(unwritten);
    }

    /** The segment has got all. */
    void wrote() {
        unwritten = bytes.position();
    }

    boolean isEmpty() {
        return lines == 0;
    }

    /** The head of the frame that would hold all lines; empty if they are not all here. */
    Optional<LogFrame> frame(long epoch, long first, long forced) {
        return whole
                ? Optional.of(new LogFrame(epoch, first, forced, lines, bytes.position() - LogFrame.HEAD))
                : Optional.empty();
    }

    /** The frame as it is written to the log. */
    ByteBuffer sealed(LogFrame frame) {
        ByteBuffer sealed = bytes.duplicate().limit(frame.bytes());
        frame.seal(sealed);
        sealed.put(ZEROS.duplicate().limit(sealed.remaining()));
        return sealed.flip();
    }

    void clear() {
        bytes.position(LogFrame.HEAD);
        unwritten = LogFrame.HEAD;
        lines = 0;
        whole = true;
    }
}
