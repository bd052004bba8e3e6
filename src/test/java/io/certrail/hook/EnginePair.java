package io.certrail.hook;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** A client's and a server's engine, which asks for a certificate, with nothing between them. */
public record EnginePair(SSLEngine client, SSLEngine server) {
    private static final int FLIGHTS = 20;

    public EnginePair {
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
    }

    /** All flights of a handshake, the first one or a renegotiation. */
    public void shakeHands() throws SSLException {
        shakeHandsUntil(() -> false);
    }

    /** The flights of a handshake, and nothing beyond the step that makes the condition true. */
    public void shakeHandsUntil(BooleanSupplier enough) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        client.beginHandshake();
        for (int i = 0; i < FLIGHTS; i++) {
            step(client, toClient, toServer, enough);
            step(server, toServer, toClient, enough);
        }
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out, BooleanSupplier enough)
            throws SSLException {
        in.flip();
        for (boolean on = true; on && !enough.getAsBoolean(); ) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                default -> on = engine.unwrap(in, ByteBuffer.allocate(40_000)).bytesConsumed() > 0;
            }
        }
        in.compact();
    }
}
