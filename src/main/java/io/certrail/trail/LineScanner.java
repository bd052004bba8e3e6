package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Walks the complete lines of one file, which may still grow: after the last complete line, {@link #next()} may be
 * called again. Takes as much memory as the longest line, at most {@link Line#MAX_LENGTH}; what is longer is passed
 * over and has no sequence.
 */
final class LineScanner implements Closeable {
    private static final int USUAL_BYTES = 1 << 16;

    private final ReadableByteChannel channel;
    private byte[] buffer;
    /** Index of the current line's first byte. */
    private int begin;

    private int scanned;
    private int filled;
    /** Of the current line, without newline; -1: no line is complete. */
    private int length = -1;
    /** Bytes of the current line that were passed over because it is too long. */
    private long passedOver;

    private long offset;

    /** @param offset in the file, at which the channel stands: a line begins there */
    LineScanner(ReadableByteChannel channel, long offset) {
        this(channel, offset, USUAL_BYTES);
    }

    /** @param bytes how many to read at a time, until a line is longer */
    LineScanner(ReadableByteChannel channel, long offset, int bytes) {
        this.channel = channel;
        this.offset = offset;
        this.buffer = new byte[bytes];
    }

    /** Goes on to the next complete line; false: there is none yet. */
    boolean next() throws IOException {
        leave();
        while (!findNewline()) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    private void leave() {
        if (length >= 0) {
            offset += passedOver + length + 1;
            begin += length + 1;
            passedOver = 0;
            length = -1;
        }
    }

    private boolean findNewline() {
        int newline = Newline.first(buffer, scanned, filled);
        boolean found = newline < filled;
        scanned = found ? newline + 1 : filled;
        length = found ? newline - begin : -1;
        return found;
    }

    private boolean fill() throws IOException {
        if (filled == buffer.length) {
            makeRoom();
        }
        int read = channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled));
        filled += Math.max(read, 0);
        return read > 0;
    }

    private void makeRoom() {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, filled - begin);
            drop(begin);
        } else if (buffer.length < Line.MAX_LENGTH + 1) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, Line.MAX_LENGTH + 1));
        } else {
            passedOver += filled;
            drop(filled);
        }
    }

    private void drop(int count) {
        filled -= count;
        scanned -= count;
        begin = 0;
    }

    /** Where the current line begins in the file, in bytes; or, when there is none, the bytes after the last line. */
    long offset() {
        return offset;
    }

    /** Where what follows the current line begins in the file, in bytes. */
    long end() {
        return length < 0 ? offset : offset + passedOver + length + 1;
    }

    /** How many bytes follow the last complete line. To be asked when {@link #next()} gave false. */
    long rest() {
        return passedOver + filled - begin;
    }

    /** The current line's sequence, -1 if it is no line of a trail. */
    long sequence() {
        return passedOver > 0 ? -1 : Line.sequence(buffer, begin, begin + length);
    }

    /** Whether there is a control character in the current line, which JSON has none of: zeros, where blocks are missing. */
    boolean hasControl() {
        for (int i = begin; i < begin + length; i++) {
            if (buffer[i] >= 0 && buffer[i] < ' ') {
                return true;
            }
        }
        return false;
    }

    /** Shows the current line where it lies. */
    void show(LineSink sink) {
        sink.line(buffer, begin, length);
    }

    /** A copy of the current line, without its newline. */
    byte[] line() {
        return Arrays.copyOfRange(buffer, begin, begin + length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
