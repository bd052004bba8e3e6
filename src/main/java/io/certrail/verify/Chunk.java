package io.certrail.verify;

/**
 * A piece of a segment: whole lines.
 *
 * @param length of the whole lines, in bytes
 * @param torn bytes after them, at the end of the segment, that no newline ends
 * @param offset in the segment
 */
record Chunk(Segment segment, byte[] buffer, int length, int torn, long offset) {}
