package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Shows a connection's plain text as it is read, and how reading ends. A connection keeps its conduits for life: after
 * {@link #detach()} this is one that lets all pass and holds nothing.
 */
final class Inbound extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private volatile @Nullable TappedConnection connection;

    Inbound(StreamSourceConduit next, TappedConnection connection) {
        super(next);
        this.connection = connection;
    }

    /** Nobody wants to know any more. */
    void detach() {
        connection = null;
    }

    /** The connection is closed. */
    void closed() {
        TappedConnection tapped = connection;
        if (tapped != null) {
            tapped.closed();
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        TappedConnection tapped = connection;
        return tapped == null ? super.read(to) : read(to, tapped);
    }

    private int read(ByteBuffer to, TappedConnection tapped) throws IOException {
        tapped.begins(true);
        try {
            int from = to.position();
            int read = super.read(to);
            if (read > 0) {
                tapped.received(to.duplicate().position(from).limit(from + read));
            } else if (read < 0) {
                tapped.ended();
            }
            return read;
        } catch (IOException e) {
            tapped.fate().failed(e);
            throw e;
        } finally {
            tapped.returns(true);
        }
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (to[i].hasRemaining()) {
                return read(to[i]); // to read less than there is room for is allowed
            }
        }
        return 0;
    }

    @Override
    public long transferTo(long position, long count, FileChannel target) throws IOException {
        return watched(super.transferTo(position, count, target));
    }

    @Override
    public long transferTo(long count, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return watched(super.transferTo(count, through, target));
    }

    private long watched(long read) {
        TappedConnection tapped = connection;
        if (read < 0 && tapped != null) {
            tapped.ended();
        }
        return read;
    }
}
