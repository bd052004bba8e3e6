package io.certrail.tls;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The JDK's TLS server in memory, observed as an adapter would. One connection. */
final class EngineServer {
    private final SSLEngine engine;
    private final List<X509Certificate> anchors;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private X509Certificate[] presented;
    private boolean trusted;
    private Throwable trustFailure;
    private Throwable failure;
    private String protocol;
    private String cipher;
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private boolean established;

    private EngineServer(SSLEngine engine, List<X509Certificate> anchors) {
        this.engine = engine;
        this.anchors = anchors;
    }

    /** What a server is made of: one context for many connections, so that sessions can be resumed. */
    static final class Site {
        private final List<X509Certificate> anchors;
        private final SSLContext context;
        private final ThreadLocal<EngineServer> current = new ThreadLocal<>();
        private Consumer<SSLEngine> setting = engine -> {};

        Site(TestPki.Identity identity, List<X509Certificate> anchors, X509CRL... crls) {
            this.anchors = anchors;
            try {
                this.context = SSLContext.getInstance("TLS");
                context.init(keys(identity), new TrustManager[] {observed(trust(crls))}, null);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        Site with(Consumer<SSLEngine> engineSetting) {
            setting = setting.andThen(engineSetting);
            return this;
        }

        Site protocols(String... protocols) {
            return with(engine -> engine.setEnabledProtocols(protocols));
        }

        EngineServer accept() {
            SSLEngine engine = context.createSSLEngine("client", 1);
            engine.setUseClientMode(false);
            engine.setNeedClientAuth(true);
            setting.accept(engine);
            EngineServer server = new EngineServer(engine, anchors);
            current.set(server);
            return server;
        }

        private X509ExtendedTrustManager trust(X509CRL... crls) throws GeneralSecurityException {
            KeyStore store = empty();
            for (int i = 0; i < anchors.size(); i++) {
                setCertificate(store, i);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            if (crls.length == 0) {
                factory.init(store);
            } else {
                PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, new X509CertSelector());
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(crls))));
                factory.init(new CertPathTrustManagerParameters(parameters));
            }
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        }

        private void setCertificate(KeyStore store, int i) throws GeneralSecurityException {
            store.setCertificateEntry("anchor" + i, anchors.get(i));
        }

        private X509ExtendedTrustManager observed(X509ExtendedTrustManager actual) {
            return new ObservedTrust(actual, current);
        }
    }

    static javax.net.ssl.KeyManager[] keys(TestPki.Identity identity, X509Certificate... more)
            throws GeneralSecurityException {
        KeyStore store = empty();
        X509Certificate[] chain = new X509Certificate[more.length + 1];
        chain[0] = identity.certificate();
        System.arraycopy(more, 0, chain, 1, more.length);
        store.setKeyEntry("key", identity.key(), new char[0], chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes bytes from the client; returns what the server answers. */
    byte[] receive(byte[] bytes) {
        received.writeBytes(bytes);
        ByteBuffer all = ByteBuffer.allocate(pending.remaining() + bytes.length);
        all.put(pending).put(bytes).flip();
        pending = all;
        sent.reset();
        if (failure == null) {
            try {
                advance();
            } catch (SSLException | RuntimeException e) {
                failure = e;
                drain();
            }
        }
        return sent.toByteArray();
    }

    private void advance() throws SSLException {
        ByteBuffer plain = ByteBuffer.allocate(70_000);
        while (true) {
            SSLSession session = engine.getHandshakeSession();
            if (session != null && protocol == null) {
                protocol = session.getProtocol();
                cipher = session.getCipherSuite();
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> run();
                case NEED_WRAP -> {
                    if (wrap().getStatus() == SSLEngineResult.Status.CLOSED) {
                        return;
                    }
                }
                default -> {
                    plain.clear();
                    SSLEngineResult result = engine.unwrap(pending, plain);
                    note(result);
                    if (result.getStatus() != SSLEngineResult.Status.OK || (established && !pending.hasRemaining())) {
                        drain();
                        return;
                    }
                }
            }
        }
    }

    private void run() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private SSLEngineResult wrap() throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(70_000);
        SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), out);
        note(result);
        sent.write(out.array(), 0, out.position());
        return result;
    }

    private void note(SSLEngineResult result) {
        established |= result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED;
    }

    /** What the engine has left to say. */
    private void drain() {
        try {
            for (int i = 0; i < 8 && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP; i++) {
                wrap();
            }
        } catch (SSLException e) {
            // what it has to say is said
        }
    }

    /** The client closes its side. */
    void end() {
        try {
            engine.closeInbound();
        } catch (SSLException e) {
            if (failure == null && !established) {
                failure = null;
            }
        }
    }

    boolean established() {
        return established;
    }

    Throwable failure() {
        return failure;
    }

    /** The alert that the engine made, where it is in clear. */
    String alertMade() {
        byte[] bytes = sent.toByteArray();
        int at = bytes.length - 7;
        return at >= 0 && bytes[at] == TlsRecord.ALERT && bytes[at + 4] == 2
                ? AlertName.of(bytes[at + 6] & 0xFF)
                : null;
    }

    HandshakeFacts facts() {
        return facts(established ? Ending.ESTABLISHED : failure != null ? Ending.FAILED : Ending.CLOSED_BY_CLIENT);
    }

    HandshakeFacts facts(Ending ending) {
        byte[] all = received.toByteArray();
        SSLSession session = engine.getSession();
        HandshakeFacts.Builder facts = HandshakeFacts.ending(ending)
                .received(
                        Arrays.copyOf(all, Math.min(all.length, HandshakeFacts.MAX_FIRST)),
                        all.length,
                        Arrays.copyOfRange(all, Math.max(0, all.length - HandshakeFacts.MAX_LAST), all.length))
                .failure(failure)
                .negotiated(
                        established ? session.getProtocol() : protocol, established ? session.getCipherSuite() : cipher)
                .nextProtocol(engine.getApplicationProtocol())
                .enabledProtocols(List.of(engine.getEnabledProtocols()))
                .trustAnchors(anchors);
        if (trustFailure != null) {
            facts.refused(presented, trustFailure);
        } else if (trusted) {
            facts.accepted(presented).resumed(false);
        } else if (established) {
            facts.accepted(peer(session)).resumed(true);
        }
        return facts.build();
    }

    private static X509Certificate[] peer(SSLSession session) {
        try {
            return (X509Certificate[]) session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException e) {
            return new X509Certificate[0];
        }
    }

    /** Hands all to the actual trust manager and notes what it says. */
    private static final class ObservedTrust extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager actual;
        private final ThreadLocal<EngineServer> current;

        ObservedTrust(X509ExtendedTrustManager actual, ThreadLocal<EngineServer> current) {
            this.actual = actual;
            this.current = current;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            EngineServer server = current.get();
            server.presented = chain;
            try {
                actual.checkClientTrusted(chain, type, engine);
                server.trusted = true;
            } catch (CertificateException | RuntimeException e) {
                server.trustFailure = e;
                throw e;
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return actual.getAcceptedIssuers();
        }
    }
}
