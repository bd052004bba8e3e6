package io.certrail.verify;

/** A piece of a segment: whole lines, in a buffer that is used again. */
final class Chunk {
    private final Segment segment;
    private final byte[] buffer;
    private final int length;
    private final int torn;
    private final long offset;

    /**
     * @param length of the whole lines, in bytes
     * @param torn bytes after them, at the end of the segment, that no newline ends
     * @param offset in the segment
     */
    Chunk(Segment segment, byte[] buffer, int length, int torn, long offset) {
        this.segment = segment;
        this.buffer = buffer;
        this.length = length;
        this.torn = torn;
        this.offset = offset;
    }

    Segment segment() {
        return segment;
    }

    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    int torn() {
        return torn;
    }

    long offset() {
        return offset;
    }
}
