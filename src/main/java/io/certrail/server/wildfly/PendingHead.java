package io.certrail.server.wildfly;

import io.certrail.server.BrokenHead;
import io.certrail.server.http2.Preface;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an HTTP/1.1 connection has sent since its last request: the beginning of the next one's head. Keeps as much of it
 * as is ever looked at. Guarded by its connection.
 */
final class PendingHead {
    private static final int FIRST_SIZE = 512;

    private byte[] bytes = {};
    private int length;
    private long total;
    private long firstNanos;

    /** Takes what came; the buffer's position is left alone. */
    void append(ByteBuffer came) {
        if (length == 0 && came.hasRemaining()) {
            firstNanos = System.nanoTime();
        }
        total += came.remaining();
        int keep = Math.min(came.remaining(), BrokenHead.MAX_BYTES - length);
        if (length + keep > bytes.length) {
            int size = Math.max(Math.max(FIRST_SIZE, length + keep), bytes.length * 2);
            bytes = Arrays.copyOf(bytes, Math.min(BrokenHead.MAX_BYTES, size));
        }
        came.get(came.position(), bytes, length, keep);
        length += keep;
    }

    /** How long the head is: up to its empty line, or all that came if there is none. */
    long headBytes() {
        for (int i = 0; i + 3 < length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i + 4L;
            }
        }
        return total;
    }

    /** How many bytes came, kept or not. */
    long total() {
        return total;
    }

    /** Whether anything but the empty lines has come that are to be skipped before a request (RFC 9112 section 2.2). */
    boolean hasBegun() {
        return BrokenHead.read(bytes()).hasBegun();
    }

    boolean isEmpty() {
        return length == 0;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** {@link System#nanoTime()} at its first byte; now if none came. */
    long firstNanos() {
        return length == 0 ? System.nanoTime() : firstNanos;
    }

    /** Whether it is the preface of HTTP/2 (RFC 9113 section 3.4), and maybe more. */
    boolean isPreface() {
        return Preface.begins(bytes, length);
    }

    /** What came after the preface. */
    ByteBuffer afterPreface() {
        return ByteBuffer.wrap(bytes, Preface.LENGTH, length - Preface.LENGTH);
    }
}
