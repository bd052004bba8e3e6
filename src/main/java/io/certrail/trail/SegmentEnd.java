package io.certrail.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** How a segment ends, without reading the rest of it. */
final class SegmentEnd {
    /** Holds the digits of any sequence with what stands around them. */
    private static final int TAIL_BYTES = 64;

    private SegmentEnd() {}

    /**
     * The sequence of the last line, -1 if the file does not end in a line.
     *
     * @param size of the file, in bytes
     */
    static long sequence(TrailFiles files, Path file, long size) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
        try (ReadableByteChannel channel = files.read(file, Math.max(0, size - TAIL_BYTES))) {
            while (tail.hasRemaining() && channel.read(tail) >= 0) {}
        }
        byte[] bytes = tail.array();
        int end = tail.position() - 1;
        return end > 0 && bytes[end] == '\n' ? Line.sequenceAtEnd(bytes, 0, end) : -1;
    }
}
