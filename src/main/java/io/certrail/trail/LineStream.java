package io.certrail.trail;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The lines of a reader as a stream of bytes. */
final class LineStream extends InputStream {
    private static final byte[] NONE = new byte[0];

    private final TrailReader reader;
    private byte[] line = NONE;
    /** Index of the byte to give next; one after the line's last stands for its newline. */
    private int at = 1;

    LineStream(TrailReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at > line.length && !nextLine()) {
            return -1;
        }
        if (at == line.length) {
            target[offset] = '\n';
            at++;
            return 1;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean nextLine() throws IOException {
        if (!reader.next()) {
            return false;
        }
        line = reader.line();
        at = 0;
        return true;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
