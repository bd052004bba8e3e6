package io.certrail.server.wildfly;

import io.certrail.server.jsse.HookListener;
import io.certrail.tls.HandshakeFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What TLS read from a connection's socket, as long as its handshake may fail. Safe for use by any thread. */
final class HandshakeBytes {
    private PendingHead kept = new PendingHead();

    /** Takes what came; the buffer's position is left alone. */
    synchronized void append(ByteBuffer bytes) {
        kept.append(bytes);
    }

    /** They are not needed any more. */
    synchronized void drop() {
        if (!kept.isEmpty()) {
            kept = new PendingHead();
        }
    }

    synchronized HookListener.Received received() {
        byte[] all = kept.bytes();
        byte[] first = Arrays.copyOf(all, Math.min(all.length, HandshakeFacts.MAX_FIRST));
        byte[] last = Arrays.copyOfRange(all, Math.max(0, all.length - HandshakeFacts.MAX_LAST), all.length);
        return new HookListener.Received(first, kept.total(), last);
    }
}
