package io.certrail.hook;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What is known of a handshake before its verdict. Guarded by its owner, and never asks the engine. */
final class Handshake {
    private static final String NO_PROTOCOL = "NONE";

    private final long connection;
    private final @Nullable String peerHost;
    private final @Nullable Integer peerPort;
    private final long acceptedNanos = System.nanoTime();
    private final Received received = new Received();
    private long firstNanos;
    private X509Certificate @Nullable [] presented;
    private boolean trusted;
    private @Nullable Throwable trustFailure;
    private X509Certificate @Nullable [] trustAnchors;
    private @Nullable String protocol;
    private @Nullable String cipher;
    private @Nullable String nextProtocol;
    private String @Nullable [] enabledProtocols;

    Handshake(long connection, @Nullable String peerHost, int peerPort, String[] enabledProtocols) {
        this.connection = connection;
        this.peerHost = peerHost;
        this.peerPort = peerPort > 0 ? peerPort : null;
        this.enabledProtocols = enabledProtocols;
    }

    long connection() {
        return connection;
    }

    Received received() {
        return received;
    }

    /** Bytes have come. */
    void heard() {
        if (firstNanos == 0 && received.count() > 0) {
            firstNanos = System.nanoTime();
        }
    }

    void negotiated(@Nullable SSLSession session) {
        if (session != null && !NO_PROTOCOL.equals(session.getProtocol())) {
            protocol = session.getProtocol();
            cipher = session.getCipherSuite();
        }
    }

    void nextProtocol(@Nullable String identifier) {
        if (identifier != null && !identifier.isEmpty()) {
            nextProtocol = identifier;
        }
    }

    void enabled(String[] protocols) {
        enabledProtocols = protocols;
    }

    void presented(X509Certificate[] chain) {
        presented = chain.clone();
        trusted = false;
    }

    /** The trust manager accepted it. */
    void trusted() {
        trusted = true;
    }

    void refused(Throwable cause, X509Certificate[] anchors) {
        trustFailure = cause;
        trustAnchors = anchors;
    }

    Fact accepted() {
        return peer(Fact.of(Fact.ACCEPTED, connection));
    }

    private Fact peer(Fact fact) {
        return fact.put("peerHost", peerHost).put("peerPort", peerPort);
    }

    Fact established(SSLSession session, @Nullable String application) {
        negotiated(session);
        nextProtocol(application);
        boolean asked = presented != null;
        X509Certificate[] chain = asked ? presented : certificates(session);
        return verdict("established")
                .put("first", received.hello())
                .put(Fact.PRESENTED, chain)
                .put("trusted", chain == null ? null : true)
                .put("resumed", !asked && chain != null)
                .put("sessionId", session.getId());
    }

    /** The chain of a session, which was checked when the session began; {@code null} if there is none. */
    static X509Certificate @Nullable [] certificates(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain)
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    Fact refusal(String word) {
        return verdict(word)
                .put("first", received.first())
                .put(Fact.PRESENTED, presented)
                .put("trusted", presented == null ? null : trusted)
                .put("trustFailure", trustFailure)
                .put("trustAnchors", trustAnchors)
                .put("enabledProtocols", enabledProtocols);
    }

    private Fact verdict(String word) {
        return peer(Fact.of(Fact.HANDSHAKE, connection))
                .put("verdict", word)
                .put("startedNanos", firstNanos == 0 ? acceptedNanos : firstNanos)
                .put("received", received.count())
                .put("last", received.last())
                .put("protocol", protocol)
                .put("cipher", cipher)
                .put("nextProtocol", nextProtocol);
    }

    /** Lets go of what is not needed after the verdict. */
    void forget() {
        received.forget();
        presented = null;
        trustFailure = null;
        trustAnchors = null;
        enabledProtocols = null;
    }
}
