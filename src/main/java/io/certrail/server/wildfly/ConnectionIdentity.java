package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Recorder;
import io.certrail.server.HandshakeRecords.Observed;
import io.certrail.tls.CertificateReader;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeClassifier;
import io.certrail.tls.HandshakeFacts;
import io.certrail.tls.HandshakeVerdict;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.xnio.StreamConnection;
import org.xnio.channels.SslChannel;

/**
 * Who a connection is, in its records: as the handshake's record says where there is one, else as its session and its
 * socket show. Safe for use by any thread.
 */
final class ConnectionIdentity {
    private final Recorder recorder;
    private final TlsConnections handshakes;
    private final Endpoint client;
    private final Endpoint server;
    private volatile @Nullable Stated stated;

    ConnectionIdentity(Recorder recorder, TlsConnections handshakes, Endpoint client, Endpoint server) {
        this.recorder = recorder;
        this.handshakes = handshakes;
        this.client = client;
        this.server = server;
    }

    /**
     * What was stated last.
     *
     * @param source tells of the connection; {@code null} if nobody does, and then nothing changes any more
     * @param told what that was made from
     */
    private record Stated(@Nullable Observed source, @Nullable ConnectionFacts told, ConnectionFacts facts) {}

    /** Its facts, the same each time once its handshake is done, but for what a later one brings. */
    ConnectionFacts facts(StreamConnection channel) {
        return facts(session(channel));
    }

    /** The session of a channel, {@code null} without TLS. */
    static @Nullable SSLSession session(StreamConnection channel) {
        return channel instanceof SslChannel tls ? tls.getSslSession() : null;
    }

    /**
     * Its facts, for a request.
     *
     * @param session {@code null} without TLS
     */
    ConnectionFacts facts(@Nullable SSLSession session) {
        ConnectionFacts known = known();
        return known != null ? known : session == null ? state(plain()) : secured(session);
    }

    /** Asks for the handshake's facts, for they are not there for ever. */
    void look(StreamConnection channel) {
        SSLSession session = stated == null ? session(channel) : null;
        Observed source = session == null ? null : handshakes.of(session);
        ConnectionFacts told = source == null ? null : source.facts();
        if (source != null && told != null && told.tls() != null && told.tls().established()) {
            state(source, told);
        }
    }

    /** Its facts, {@code null} before its handshake is done and its first request came. */
    @Nullable
    ConnectionFacts known() {
        Stated last = stated;
        if (last == null) {
            return null;
        }
        Observed source = last.source();
        ConnectionFacts told = source == null ? null : source.facts();
        return source == null || told == null || told == last.told() ? last.facts() : state(source, told);
    }

    private ConnectionFacts state(Observed source, ConnectionFacts told) {
        ConnectionFacts facts = located(told);
        stated = new Stated(source, told, facts);
        return facts;
    }

    private ConnectionFacts state(ConnectionFacts facts) {
        stated = new Stated(null, null, facts);
        return facts;
    }

    private ConnectionFacts located(ConnectionFacts told) {
        return told.server().address() != null
                ? told
                : new ConnectionFacts(told.id(), client, server, told.serverName(), told.tls());
    }

    private ConnectionFacts plain() {
        return new ConnectionFacts(recorder.otherConnectionId(), client, server, null, null);
    }

    private ConnectionFacts secured(SSLSession session) {
        Observed source = handshakes.of(session);
        ConnectionFacts told = source == null ? null : source.facts();
        if (source != null && told != null) {
            return state(source, told);
        }
        HandshakeVerdict verdict = new HandshakeClassifier()
                .classify(HandshakeFacts.ending(Ending.ESTABLISHED)
                        .negotiated(session.getProtocol(), session.getCipherSuite())
                        .accepted(CertificateReader.chain(session))
                        .build());
        return state(
                new ConnectionFacts(recorder.otherConnectionId(), client, server, verdict.serverName(), verdict.tls()));
    }
}
