package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.Conduits;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Takes the head of an HTTP/1.1 answer in any case, and keeps what the layer below takes only later. Undertow's
 * {@code HttpResponseConduit} gives its buffer back as soon as a write of the head takes nothing: it then cuts the answer
 * off, or, if requests wait behind this one, sends that buffer up to its capacity, and with it what other connections
 * left there. A write takes nothing if the socket is full, and if TLS first has a ticket to send. An answer of the parser's
 * is not taken like that: who writes it tries again until it has left, and closes the connection then.
 */
final class WholeHeads extends AbstractStreamSinkConduit<StreamSinkConduit> {
    /** Far more than heads have. What is longer fails, for it must not be cut; but for what may as well be of a body. */
    static final int LIMIT = 1024 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] START = {'H', 'T', 'T', 'P', '/', '1', '.'};
    private static final int END = '\r' << 24 | '\n' << 16 | '\r' << 8 | '\n';

    private volatile Turn turn;
    private ByteBuffer kept = NOTHING;
    private boolean inHead;
    private boolean isInterim;
    private boolean ends;
    private int lastFour;

    /**
     * Knows when answers begin, for whatever looks like one may be of a body. An answer is taken for a head wherever that
     * is not known: to keep some of a body does no harm as long as it is not much.
     */
    interface Turn {
        Turn UNKNOWN = new Turn() {
            @Override
            public boolean mayAnswerBegin() {
                return true;
            }

            @Override
            public void answerBegan() {
                // whatever comes may be the next one
            }
        };

        /** Whether a head may leave now. */
        boolean mayAnswerBegin();

        /** The head of an answer was taken, the final one or that of another protocol. */
        void answerBegan();
    }

    WholeHeads(StreamSinkConduit next, Turn turn) {
        super(next);
        this.turn = turn;
    }

    /** Nobody knows any more when answers begin. */
    void detach() {
        turn = Turn.UNKNOWN;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return (int) write(new ByteBuffer[] {from}, 0, 1);
    }

    /** @return what was taken, which is what the buffers say: Undertow's TLS layer says 0 if TLS has a word to add */
    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        ByteBuffer first = first(from, offset, length);
        if (first == null) {
            return 0;
        }
        if (!inHead && startsHead(first) && turn.mayAnswerBegin()) {
            begin(StatusLine.read(first));
        }
        int start = first.position();
        long written = pass() ? writeNext(from, offset, length) : 0;
        if (!inHead) {
            return written;
        }
        if (written == 0) {
            if (turn == Turn.UNKNOWN && !hasRoomFor(first)) {
                inHead = false; // no head is that long: it is of a body, and waits
                return 0;
            }
            written = first.remaining();
            keep(first);
        }
        follow(first, start);
        return written;
    }

    private static @Nullable ByteBuffer first(ByteBuffer[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (from[i].hasRemaining()) {
                return from[i];
            }
        }
        return null;
    }

    private static boolean startsHead(ByteBuffer bytes) {
        return bytes.remaining() >= START.length
                && bytes.slice().limit(START.length).equals(ByteBuffer.wrap(START))
                && !StatusLine.isParsers(bytes);
    }

    private void begin(@Nullable StatusLine line) {
        inHead = true;
        isInterim = line == null || line.isInterim();
        lastFour = 0;
    }

    /** A head ends where the buffer ends that it comes in. */
    private void follow(ByteBuffer head, int start) {
        for (int i = Math.max(start, head.position() - Integer.BYTES); i < head.position(); i++) {
            lastFour = lastFour << Byte.SIZE | head.get(i);
        }
        inHead = lastFour != END;
        if (!inHead && !isInterim) {
            turn.answerBegan();
        }
    }

    private boolean hasRoomFor(ByteBuffer bytes) {
        return kept.remaining() + bytes.remaining() <= LIMIT;
    }

    private void keep(ByteBuffer bytes) throws IOException {
        if (!hasRoomFor(bytes)) {
            throw new IOException("the answer's head is longer than " + LIMIT + " bytes, and the client does not read");
        }
        kept = ByteBuffer.allocate(kept.remaining() + bytes.remaining())
                .put(kept)
                .put(bytes)
                .flip();
    }

    private long writeNext(ByteBuffer[] from, int offset, int length) throws IOException {
        long before = remaining(from, offset, length);
        next.write(from, offset, length);
        return before - remaining(from, offset, length);
    }

    private static long remaining(ByteBuffer[] buffers, int offset, int length) {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += buffers[i].remaining();
        }
        return sum;
    }

    /** Passes on what was kept; whether that is all of it. */
    private boolean pass() throws IOException {
        while (kept.hasRemaining()) {
            int before = kept.position();
            next.write(kept);
            if (kept.position() == before) {
                return false;
            }
        }
        kept = NOTHING;
        return true;
    }

    @Override
    public int writeFinal(ByteBuffer from) throws IOException {
        return Conduits.writeFinalBasic(this, from);
    }

    @Override
    public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
        return Conduits.writeFinalBasic(this, from, offset, length);
    }

    @Override
    public long transferFrom(FileChannel from, long position, long count) throws IOException {
        return pass() ? super.transferFrom(from, position, count) : 0;
    }

    @Override
    public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) throws IOException {
        return pass() ? super.transferFrom(from, count, through) : 0;
    }

    @Override
    public boolean flush() throws IOException {
        if (!pass()) {
            return false;
        }
        if (ends) {
            ends = false;
            super.terminateWrites();
        }
        return super.flush();
    }

    @Override
    public void terminateWrites() throws IOException {
        if (!kept.hasRemaining()) {
            super.terminateWrites();
        } else {
            ends = true;
        }
    }

    @Override
    public void truncateWrites() throws IOException {
        kept = NOTHING;
        super.truncateWrites();
    }
}
