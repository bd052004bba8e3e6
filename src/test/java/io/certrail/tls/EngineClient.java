package io.certrail.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's TLS client in memory; what it sends can be changed on its way. */
final class EngineClient {
    private final SSLContext context;
    private Consumer<SSLEngine> setting = engine -> {};
    private UnaryOperator<byte[]> tampering = bytes -> bytes;
    private SSLEngine engine;
    private ByteBuffer pending = ByteBuffer.allocate(0);

    private EngineClient(KeyManager key, X509Certificate anchor) {
        try {
            context = SSLContext.getInstance("TLS");
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            java.security.KeyStore store = EngineServer.empty();
            store.setCertificateEntry("anchor", anchor);
            factory.init(store);
            TrustManager[] trust = factory.getTrustManagers();
            context.init(key == null ? null : new KeyManager[] {key}, trust, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client that presents a chain and proves it with a key, which need not be the right one. */
    static EngineClient presenting(X509Certificate anchor, PrivateKey key, X509Certificate... chain) {
        return new EngineClient(new Presented(key, chain), anchor);
    }

    static EngineClient withoutCertificate(X509Certificate anchor) {
        return new EngineClient(null, anchor);
    }

    EngineClient with(Consumer<SSLEngine> engineSetting) {
        setting = setting.andThen(engineSetting);
        return this;
    }

    EngineClient protocol(String protocol) {
        return with(engine -> engine.setEnabledProtocols(new String[] {protocol}));
    }

    /** Changes what is sent, flight by flight. */
    EngineClient sending(UnaryOperator<byte[]> change) {
        tampering = change;
        return this;
    }

    /** Shakes hands until nobody has anything more to say; returns the server's end. */
    EngineServer connect(EngineServer server) {
        engine = context.createSSLEngine("localhost", 8443);
        engine.setUseClientMode(true);
        setting.accept(engine);
        byte[] flight = start();
        for (int i = 0; i < 20 && flight.length > 0; i++) {
            flight = advance(server.receive(tampering.apply(flight)));
        }
        return server;
    }

    private byte[] start() {
        try {
            engine.beginHandshake();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
        return advance(new byte[0]);
    }

    private byte[] advance(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocate(pending.remaining() + bytes.length);
        all.put(pending).put(bytes).flip();
        pending = all;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            while (step(out)) {}
        } catch (SSLException e) {
            say(out);
        }
        return out.toByteArray();
    }

    private boolean step(ByteArrayOutputStream out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                engine.getDelegatedTask().run();
                return true;
            }
            case NEED_WRAP -> {
                return wrap(out);
            }
            default -> {
                if (!pending.hasRemaining()) {
                    return false;
                }
                SSLEngineResult result = engine.unwrap(pending, ByteBuffer.allocate(70_000));
                return result.getStatus() == SSLEngineResult.Status.OK;
            }
        }
    }

    private boolean wrap(ByteArrayOutputStream out) throws SSLException {
        ByteBuffer record = ByteBuffer.allocate(70_000);
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), record);
        out.write(record.array(), 0, record.position());
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    /** The alert. */
    private void say(ByteArrayOutputStream out) {
        try {
            while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP && wrap(out)) {}
        } catch (SSLException e) {
            // said
        }
    }
}
