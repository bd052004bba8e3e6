package io.certrail.bench.jmh;

import io.certrail.bench.BenchPki;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client's and a server's engine that shake hands through two buffers, in one thread; nothing is ever resumed. */
public final class HandshakePair {
    private static final char[] PASSWORD = BenchPki.PASSWORD.toCharArray();
    private static final int BUFFER = 64 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLContext clientContext;
    private final SSLContext serverContext;
    private final HandshakeHook hook;
    private final ByteBuffer toServer = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer toClient = ByteBuffer.allocate(BUFFER);
    private final ByteBuffer plain = ByteBuffer.allocate(BUFFER);

    private HandshakePair(SSLContext clientContext, SSLContext serverContext, HandshakeHook hook) {
        this.clientContext = clientContext;
        this.serverContext = serverContext;
        this.hook = hook;
    }

    /** @param directory where to make the certificates */
    public static HandshakePair in(Path directory, HandshakeHook hook) throws Exception {
        Path pki = BenchPki.make(directory.resolve("pki"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store(pki.resolve("truststore.p12")));
        X509ExtendedTrustManager trust = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        Path client = pki.resolve("clients").resolve(BenchPki.CLIENT + ".p12");
        return new HandshakePair(context(client, trust), context(pki.resolve("server.p12"), hook.observe(trust)), hook);
    }

    private static SSLContext context(Path keyStore, TrustManager trust) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(keyStore), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
        return context;
    }

    private static KeyStore store(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** One full handshake. */
    public SSLSession handshake() throws SSLException {
        SSLEngine client = clientContext.createSSLEngine();
        client.setUseClientMode(true);
        SSLEngine server = serverContext.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        toServer.clear();
        toClient.clear();
        client.beginHandshake();
        server.beginHandshake();
        step(client, toClient, toServer);
        toServer.flip();
        hook.firstBytes(toServer.duplicate());
        toServer.compact();
        while (shaking(client) || shaking(server)) {
            step(server, toServer, toClient);
            step(client, toClient, toServer);
        }
        hook.complete(server);
        return server.getSession();
    }

    private static boolean shaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Goes on as far as this end can without the other. */
    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        boolean moved = true;
        while (moved) {
            moved = switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> run(engine);
                case NEED_WRAP -> moved(engine.wrap(NOTHING, out));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> in.hasRemaining() && moved(engine.unwrap(in, plain.clear()));
                default -> false;
            };
        }
        in.compact();
    }

    private static boolean run(SSLEngine engine) {
        engine.getDelegatedTask().run();
        return true;
    }

    private static boolean moved(SSLEngineResult result) {
        return result.bytesConsumed() + result.bytesProduced() > 0;
    }
}
