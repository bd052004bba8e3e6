package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Shows a connection's plain text as it is written, and holds back an answer that belongs to no exchange until it is on
 * record. While it does, it takes nothing, as a full socket does, so that no I/O thread waits. A connection keeps its
 * conduits for life: after {@link #detach()} this is one that lets all pass and holds nothing.
 */
final class Outbound extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private static final long HOLD_MILLIS = 30_000;

    private final WholeHeads heads;
    private volatile @Nullable TappedConnection connection;
    private boolean held;
    private boolean resumed;

    Outbound(StreamSinkConduit next, TappedConnection connection) {
        this(new WholeHeads(next, connection), connection);
    }

    private Outbound(WholeHeads heads, TappedConnection connection) {
        super(heads);
        this.heads = heads;
        this.connection = connection;
    }

    /** Nobody wants to know any more. An answer that is held goes on to wait for its release. */
    void detach() {
        connection = null;
        heads.detach();
    }

    /** Takes nothing until {@link #release()}. */
    synchronized void hold() {
        held = true;
        resumed = next.isWriteResumed();
        if (resumed) {
            next.suspendWrites();
        }
    }

    /** Goes on. For any thread. */
    synchronized void release() {
        held = false;
        notifyAll();
        if (resumed) {
            next.wakeupWrites();
        }
    }

    private synchronized boolean isHeld() {
        return held;
    }

    private boolean mayLeave(ByteBuffer first) {
        TappedConnection tapped = connection;
        if (tapped != null) {
            tapped.answering(first, this);
        }
        return !isHeld();
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return (int) write(new ByteBuffer[] {from}, 0, 1);
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (from[i].hasRemaining()) {
                if (!mayLeave(from[i])) {
                    return 0;
                }
                break;
            }
        }
        int[] starts = new int[length];
        for (int i = 0; i < length; i++) {
            starts[i] = from[offset + i].position();
        }
        watched(() -> super.write(from, offset, length));
        TappedConnection tapped = connection;
        long written = 0;
        for (int i = 0; i < length; i++) {
            ByteBuffer each = from[offset + i];
            int count = each.position() - starts[i];
            if (tapped != null) {
                tapped.sent(each, starts[i], count);
            }
            written += count;
        }
        return written;
    }

    private interface Writing<T> {
        T run() throws IOException;
    }

    private <T> T watched(Writing<T> writing) throws IOException {
        TappedConnection tapped = connection;
        if (tapped == null) {
            return writing.run();
        }
        tapped.begins(false);
        try {
            return writing.run();
        } catch (IOException e) {
            tapped.fate().failed(e);
            throw e;
        } finally {
            tapped.returns(false);
        }
    }

    @Override
    public int writeFinal(ByteBuffer from) throws IOException {
        int written = write(from);
        if (!from.hasRemaining()) {
            terminateWrites();
        }
        return written;
    }

    @Override
    public long writeFinal(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = write(from, offset, length);
        for (int i = offset; i < offset + length; i++) {
            if (from[i].hasRemaining()) {
                return written;
            }
        }
        terminateWrites();
        return written;
    }

    @Override
    public long transferFrom(FileChannel from, long position, long count) throws IOException {
        return watched(() -> super.transferFrom(from, position, count));
    }

    @Override
    public long transferFrom(StreamSourceChannel from, long count, ByteBuffer through) throws IOException {
        return watched(() -> super.transferFrom(from, count, through));
    }

    @Override
    public boolean flush() throws IOException {
        return !isHeld() && watched(super::flush);
    }

    @Override
    public synchronized void resumeWrites() {
        if (held) {
            resumed = true;
        } else {
            super.resumeWrites();
        }
    }

    @Override
    public synchronized void wakeupWrites() {
        if (held) {
            resumed = true;
        } else {
            super.wakeupWrites();
        }
    }

    @Override
    public synchronized void suspendWrites() {
        resumed = false;
        super.suspendWrites();
    }

    @Override
    public synchronized boolean isWriteResumed() {
        return held ? resumed : super.isWriteResumed();
    }

    @Override
    public void awaitWritable() throws IOException {
        awaitRelease(HOLD_MILLIS);
        super.awaitWritable();
    }

    @Override
    public void awaitWritable(long time, TimeUnit unit) throws IOException {
        if (awaitRelease(Math.min(HOLD_MILLIS, unit.toMillis(time)))) {
            super.awaitWritable(time, unit);
        }
    }

    private synchronized boolean awaitRelease(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (held && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !held;
    }
}
