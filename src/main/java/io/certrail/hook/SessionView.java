package io.certrail.hook;

import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's session as one connection sees it: its own values and that connection's. Sessions are shared when they are
 * resumed, so the JDK's cannot hold them.
 */
final class SessionView extends ExtendedSSLSession {
    static final String CONNECTION = "io.certrail.connection";
    static final String HANDSHAKE = "io.certrail.handshake";
    static final String AUTHENTICATED = "io.certrail.authenticated";
    static final String FAILURE = "io.certrail.failure";
    static final String CLOSED = "io.certrail.closed";
    private static final List<String> OWN = List.of(CONNECTION, HANDSHAKE, AUTHENTICATED, FAILURE, CLOSED);

    private final ExtendedSSLSession session;
    private final Conversation conversation;

    private SessionView(ExtendedSSLSession session, Conversation conversation) {
        this.session = session;
        this.conversation = conversation;
    }

    /** The view, {@code null} of a session that is not the JDK's. */
    static @Nullable SessionView of(SSLSession session, Conversation conversation) {
        return session instanceof ExtendedSSLSession extended ? new SessionView(extended, conversation) : null;
    }

    boolean isOf(SSLSession other) {
        return session == other;
    }

    @Override
    public @Nullable Object getValue(String name) {
        if (CONNECTION.equals(name)) {
            return conversation.number();
        }
        if (AUTHENTICATED.equals(name)) {
            return conversation.authenticated();
        }
        if (FAILURE.equals(name)) {
            return conversation.failure();
        }
        if (CLOSED.equals(name)) {
            return conversation.isClosed() ? Boolean.TRUE : null;
        }
        return HANDSHAKE.equals(name) ? conversation.verdict() : session.getValue(name);
    }

    @Override
    public void putValue(String name, Object value) {
        if (!isOwn(name)) {
            session.putValue(name, value);
        }
    }

    @Override
    public void removeValue(String name) {
        if (HANDSHAKE.equals(name)) {
            conversation.forgetVerdict();
        } else if (!isOwn(name)) {
            session.removeValue(name);
        }
    }

    private static boolean isOwn(@Nullable String name) {
        return OWN.contains(name == null ? "" : name);
    }

    @Override
    public String[] getValueNames() {
        return Stream.concat(OWN.stream(), Arrays.stream(session.getValueNames()))
                .filter(name -> getValue(name) != null)
                .toArray(String[]::new);
    }

    @Override
    public String[] getLocalSupportedSignatureAlgorithms() {
        return session.getLocalSupportedSignatureAlgorithms();
    }

    @Override
    public String[] getPeerSupportedSignatureAlgorithms() {
        return session.getPeerSupportedSignatureAlgorithms();
    }

    @Override
    public List<SNIServerName> getRequestedServerNames() {
        return session.getRequestedServerNames();
    }

    @Override
    public List<byte[]> getStatusResponses() {
        return session.getStatusResponses();
    }

    /** Overrides a method of JDK 25 and later. */
    @SuppressWarnings("MissingOverride")
    public @Nullable SecretKey exportKeyingMaterialKey(
            String algorithm, String label, byte @Nullable [] context, int length) throws SSLKeyException {
        return (SecretKey)
                KeyExport.call(session, "exportKeyingMaterialKey", algorithm, label, context, (Integer) length);
    }

    /** Overrides a method of JDK 25 and later. */
    @SuppressWarnings("MissingOverride")
    public byte @Nullable [] exportKeyingMaterialData(String label, byte @Nullable [] context, int length)
            throws SSLKeyException {
        return (byte[]) KeyExport.call(session, "exportKeyingMaterialData", label, context, (Integer) length);
    }

    @Override
    public byte[] getId() {
        return session.getId();
    }

    @Override
    public SSLSessionContext getSessionContext() {
        return session.getSessionContext();
    }

    @Override
    public long getCreationTime() {
        return session.getCreationTime();
    }

    @Override
    public long getLastAccessedTime() {
        return session.getLastAccessedTime();
    }

    @Override
    public void invalidate() {
        session.invalidate();
    }

    @Override
    public boolean isValid() {
        return session.isValid();
    }

    @Override
    public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
        return session.getPeerCertificates();
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public javax.security.cert.X509Certificate[] getPeerCertificateChain() throws SSLPeerUnverifiedException {
        return session.getPeerCertificateChain();
    }

    @Override
    public Certificate[] getLocalCertificates() {
        return session.getLocalCertificates();
    }

    @Override
    public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
        return session.getPeerPrincipal();
    }

    @Override
    public Principal getLocalPrincipal() {
        return session.getLocalPrincipal();
    }

    @Override
    public String getCipherSuite() {
        return session.getCipherSuite();
    }

    @Override
    public String getProtocol() {
        return session.getProtocol();
    }

    @Override
    public String getPeerHost() {
        return session.getPeerHost();
    }

    @Override
    public int getPeerPort() {
        return session.getPeerPort();
    }

    @Override
    public int getPacketBufferSize() {
        return session.getPacketBufferSize();
    }

    @Override
    public int getApplicationBufferSize() {
        return session.getApplicationBufferSize();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return session.equals(other instanceof SessionView view ? view.session : other);
    }

    @Override
    public int hashCode() {
        return session.hashCode();
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
