package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** Shows how writing to the socket fails, which Undertow's TLS layer tells too late. */
final class SocketOutbound extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private volatile @Nullable TappedConnection connection;

    SocketOutbound(StreamSinkConduit next, TappedConnection connection) {
        super(next);
        this.connection = connection;
    }

    /** What this writes to. */
    StreamSinkConduit next() {
        return next;
    }

    /** Nobody wants to know any more. */
    void detach() {
        connection = null;
    }

    private IOException told(IOException failure) {
        TappedConnection tapped = connection;
        if (tapped != null) {
            tapped.fate().failed(failure);
        }
        return failure;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        try {
            return super.write(from);
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        try {
            return super.write(from, offset, length);
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public boolean flush() throws IOException {
        try {
            return super.flush();
        } catch (IOException e) {
            throw told(e);
        }
    }
}
