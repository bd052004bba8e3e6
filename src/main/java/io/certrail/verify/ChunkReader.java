package io.certrail.verify;

import io.certrail.trail.TrailFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Reads segments in pieces of whole lines, into buffers that are used again. For one thread at a time. */
final class ChunkReader implements Closeable {
    private static final int USUAL = 1 << 20;
    /** More than the longest line; what is longer comes in pieces, none of which is a record. */
    private static final int LONGEST = 17 << 20;

    private final TrailFiles files;
    private final Queue<Segment> coming;
    private final Deque<byte[]> free = new ConcurrentLinkedDeque<>();
    private @Nullable ReadableByteChannel channel;
    private @Nullable Segment segment;
    private byte[] carry = new byte[0];
    private long offset;
    /** Whether its end was read: what is appended meanwhile begins in the middle of a line, perhaps. */
    private boolean ended;

    ChunkReader(TrailFiles files, List<Segment> segments) {
        this.files = files;
        this.coming = new ArrayDeque<>(segments);
    }

    /** The next piece; null: there is none. */
    @Nullable
    Chunk next() throws IOException {
        while (channel != null || openNext()) {
            Chunk chunk = read();
            if (ended) {
                close();
                channel = null;
            }
            if (chunk != null) {
                return chunk;
            }
        }
        return null;
    }

    /** Takes back the buffer of a piece that is no longer needed; also while another thread reads. */
    void giveBack(Chunk chunk) {
        if (chunk.buffer().length == USUAL) {
            free.push(chunk.buffer());
        }
    }

    private boolean openNext() throws IOException {
        Segment next = coming.poll();
        if (next != null) {
            channel = files.read(next.file(), 0);
            segment = next;
            offset = 0;
            ended = false;
        }
        return next != null;
    }

    private @Nullable Chunk read() throws IOException {
        byte[] used = free.poll();
        byte[] buffer = used == null ? new byte[USUAL] : used;
        if (carry.length >= buffer.length) {
            buffer = new byte[Math.min(carry.length * 2, LONGEST)];
        }
        System.arraycopy(carry, 0, buffer, 0, carry.length);
        int filled = carry.length;
        carry = new byte[0];
        while (true) {
            int read = fill(buffer, filled);
            filled += read;
            ended = filled < buffer.length;
            int length = afterLastNewline(buffer, filled);
            if (length > 0 || ended || buffer.length == LONGEST) {
                return chunk(buffer, filled, length);
            }
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, LONGEST));
        }
    }

    private int fill(byte[] buffer, int from) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(buffer, from, buffer.length - from);
        ReadableByteChannel source = channel();
        while (target.hasRemaining() && source.read(target) >= 0) {}
        return target.position() - from;
    }

    private @Nullable Chunk chunk(byte[] buffer, int filled, int length) {
        if (filled == 0) {
            return null;
        }
        int whole = length == 0 && !ended ? filled : length;
        Chunk chunk = new Chunk(segment(), buffer, whole, ended ? filled - whole : 0, offset);
        if (!ended) {
            carry = Arrays.copyOfRange(buffer, whole, filled);
        }
        offset += whole;
        return chunk;
    }

    private static int afterLastNewline(byte[] buffer, int filled) {
        int at = filled;
        while (at > 0 && buffer[at - 1] != '\n') {
            at--;
        }
        return at;
    }

    private ReadableByteChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("no segment is open");
        }
        return channel;
    }

    private Segment segment() {
        if (segment == null) {
            throw new IllegalStateException("no segment is open");
        }
        return segment;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
