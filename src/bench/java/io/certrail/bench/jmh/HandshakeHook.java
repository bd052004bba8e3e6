package io.certrail.bench.jmh;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Where a hook touches the server's side of a handshake. One object for all handshakes. */
public interface HandshakeHook {
    /** Touches nothing: what the handshake costs by itself. */
    HandshakeHook BARE = new HandshakeHook() {
        @Override
        public X509ExtendedTrustManager observe(X509ExtendedTrustManager trust) {
            return trust;
        }

        @Override
        public void firstBytes(ByteBuffer bytes) {
            // nobody looks
        }

        @Override
        public void complete(SSLEngine server) {
            // nobody looks
        }
    };

    /** Stands in the trust manager's place, to see the chain presented. */
    X509ExtendedTrustManager observe(X509ExtendedTrustManager trust);

    /** The ClientHello, as it comes in. */
    void firstBytes(ByteBuffer bytes);

    /** The verdict, when the server's engine has finished. */
    void complete(SSLEngine server);

    /** @throws IllegalArgumentException if there is no hook of that name */
    static HandshakeHook named(String name) {
        return switch (name) {
            case "bare" -> BARE;
            default -> throw new IllegalArgumentException("no hook " + name);
        };
    }
}
