package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/** Shows a connection's plain text as it is read, and how reading ends. */
final class Inbound extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private final TappedConnection connection;

    Inbound(StreamSourceConduit next, TappedConnection connection) {
        super(next);
        this.connection = connection;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        connection.begins(true);
        try {
            return watched(to);
        } catch (IOException e) {
            connection.failed(e);
            throw e;
        } finally {
            connection.returns(true);
        }
    }

    private int watched(ByteBuffer to) throws IOException {
        int from = to.position();
        int read = super.read(to);
        if (read > 0) {
            connection.received(to.duplicate().position(from).limit(from + read));
        } else if (read < 0) {
            connection.ended();
        } else {
            connection.waits();
        }
        return read;
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
        if (read < 0) {
            connection.ended();
        }
        return read;
    }
}
