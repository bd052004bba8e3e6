package io.certrail.trail;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A frame of the write-ahead log, as its head tells; {@code package-info} has the layout. A frame begins at a multiple
 * of {@link #BLOCK} and is padded with zeros to another.
 *
 * @param epoch of the log; frames of an earlier one are void
 * @param first number of its first line; of one without lines, the number that comes next
 * @param forced all lines before this number were forced in segments when the frame was written
 * @param lines how many there are
 * @param length of the lines, newlines included, in bytes
 */
record LogFrame(long epoch, long first, long forced, int lines, int length) {
    /** What a log is written in, in bytes: what file systems and disks write at once. */
    static final int BLOCK = 4096;
    /** Of the head, in bytes; the lines follow. */
    static final int HEAD = 48;
    /** The greatest {@link #bytes()}: what {@link Batch} holds. */
    static final int MAX_BYTES = 1 << 20;

    private static final long MAGIC = 0x00_43_54_52_57_41_4C_01L; // no JSON holds such bytes
    private static final int CHECKSUM_AT = 40;

    /** How much of the log it takes, in bytes. */
    int bytes() {
        return padded(length);
    }

    /** How much of a log so many bytes of lines take. */
    static int padded(int length) {
        return (HEAD + length + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** The number after its last line. */
    long end() {
        return first + lines;
    }

    /**
     * Completes a frame.
     *
     * @param frame holds room for the head from 0, and the lines after it
     */
    void seal(ByteBuffer frame) {
        frame.putLong(0, MAGIC);
        frame.putLong(8, epoch);
        frame.putLong(16, first);
        frame.putLong(24, forced);
        frame.putInt(32, lines);
        frame.putInt(36, length);
        frame.putLong(CHECKSUM_AT, 0);
        frame.putInt(CHECKSUM_AT, checksum(frame, length));
    }

    /** The frame whose head stands at the beginning; empty if none does. Its checksum is still to be looked at. */
    static Optional<LogFrame> parse(ByteBuffer head) {
        LogFrame frame =
                new LogFrame(head.getLong(8), head.getLong(16), head.getLong(24), head.getInt(32), head.getInt(36));
        return head.getLong(0) == MAGIC && frame.isPossible() ? Optional.of(frame) : Optional.empty();
    }

    private boolean isPossible() {
        return epoch > 0
                && forced >= 0
                && first >= forced
                && lines >= 0
                && length >= lines
                && length <= MAX_BYTES - HEAD
                && first <= Long.MAX_VALUE - lines;
    }

    /** Whether the bytes are those that were sealed. */
    boolean matches(ByteBuffer frame) {
        return frame.getInt(CHECKSUM_AT) == checksum(frame, length);
    }

    private static int checksum(ByteBuffer frame, int length) {
        CRC32C crc = new CRC32C();
        crc.update(frame.duplicate().limit(CHECKSUM_AT).position(0));
        crc.update(frame.duplicate().limit(HEAD + length).position(HEAD));
        return (int) crc.getValue();
    }
}
