package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** Shows how writing to the socket fails, which Undertow's TLS layer tells too late. */
final class SocketOutbound extends AbstractStreamSinkConduit<StreamSinkConduit> {
    private final TappedConnection connection;

    SocketOutbound(StreamSinkConduit next, TappedConnection connection) {
        super(next);
        this.connection = connection;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        try {
            return super.write(from);
        } catch (IOException e) {
            connection.fate().failed(e);
            throw e;
        }
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        try {
            return super.write(from, offset, length);
        } catch (IOException e) {
            connection.fate().failed(e);
            throw e;
        }
    }

    @Override
    public boolean flush() throws IOException {
        try {
            return super.flush();
        } catch (IOException e) {
            connection.fate().failed(e);
            throw e;
        }
    }
}
