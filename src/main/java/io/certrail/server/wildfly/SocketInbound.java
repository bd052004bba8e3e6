package io.certrail.server.wildfly;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Shows what TLS reads from the socket while it shakes hands, and how that ends. Undertow's TLS layer closes the
 * connection before it tells anybody; and while it looks for HTTP/2 in a ClientHello, it keeps the bytes from the engine.
 */
final class SocketInbound extends AbstractStreamSourceConduit<StreamSourceConduit> {
    private volatile @Nullable TappedConnection connection;

    SocketInbound(StreamSourceConduit next, TappedConnection connection) {
        super(next);
        this.connection = connection;
    }

    /** What this reads from. */
    StreamSourceConduit next() {
        return next;
    }

    /** Nobody wants to know any more. */
    void detach() {
        connection = null;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        TappedConnection tapped = connection;
        return tapped == null ? super.read(to) : read(to, tapped);
    }

    private int read(ByteBuffer to, TappedConnection tapped) throws IOException {
        int from = to.position();
        try {
            int read = super.read(to);
            if (read > 0) {
                tapped.shakes(to.duplicate().position(from).limit(from + read));
            } else if (read < 0) {
                tapped.fate().endedByClient();
            }
            return read;
        } catch (IOException e) {
            tapped.fate().failed(e);
            throw e;
        }
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (to[i].hasRemaining()) {
                return read(to[i]);
            }
        }
        return 0;
    }
}
