package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.TlsFacts;
import io.certrail.tls.CertificateReader;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;

/**
 * Hears how handshakes go. A connection may fire more than one completion (client authentication on demand,
 * renegotiation): the first is the handshake's.
 */
final class HandshakeHook implements SSLBaseFilter.HandshakeListener, ObservingTrustManager.TrustObserver {
    private static final String UNTAKEN = "CTR0603 A handshake's event could not be taken";

    private final HookContext context;

    /** @param context that of a listener with TLS */
    HandshakeHook(HookContext context) {
        this.context = context;
    }

    @Override
    public void onInit(Connection<?> connection, SSLEngine engine) {
        context.guarded(UNTAKEN, () -> begin(connection, engine));
    }

    @Override
    public void onStart(Connection<?> connection) {
        context.guarded(UNTAKEN, () -> {
            SSLEngine engine = SSLUtils.getSSLEngine(connection); // with SNI there is no onInit
            if (engine != null) {
                begin(connection, engine);
            }
        });
    }

    private void begin(Connection<?> connection, SSLEngine engine) {
        OpenConnection open = context.open(connection);
        boolean again = open.facts() != null; // with the certificate that it may bring
        if (again || (!open.isJudged() && open.engine() != engine)) {
            context.connections().handshakes(open, engine);
        }
    }

    @Override
    public void onComplete(Connection<?> connection) {
        context.guarded(UNTAKEN, () -> {
            OpenConnection open = context.open(connection);
            SSLEngine engine = engineOf(open, connection);
            SSLSession session = engine == null ? null : engine.getSession();
            if (session != null && isNull(session)) {
                return; // closed in the middle, which Grizzly takes for done: its end will be judged
            }
            boolean another = open.agreed(session);
            boolean first = context.judge(open, () -> completed(open, engine));
            if (!first && another) { // a key update of TLS 1.3 comes here, too
                renew(open, engine);
            }
            context.connections().handshaken(open);
        });
    }

    /** Takes from the read that completed it what only this moment shows, and its facts. */
    private static HandshakeFacts completed(OpenConnection open, @Nullable SSLEngine engine) {
        open.head().flightReceived(open.handshake().restBringsData());
        return established(open, engine);
    }

    /** After a renegotiation: later requests are the client's whose certificate it brought. */
    private void renew(OpenConnection open, @Nullable SSLEngine engine) {
        ConnectionFacts before = open.facts();
        if (engine != null && before != null) {
            context.verdicts().renew(open, renewed(before.tls(), engine));
        }
    }

    private static HandshakeFacts renewed(@Nullable TlsFacts before, SSLEngine engine) {
        SSLSession session = engine.getSession();
        return HandshakeFacts.ending(Ending.ESTABLISHED)
                .accepted(CertificateReader.chain(session))
                .negotiated(session.getProtocol(), session.getCipherSuite())
                .nextProtocol(engine.getApplicationProtocol())
                .resumed(before == null ? null : before.resumed())
                .build();
    }

    /** JSSE's session of a handshake that came to nothing. */
    private static boolean isNull(SSLSession session) {
        return "SSL_NULL_WITH_NULL_NULL".equals(session.getCipherSuite());
    }

    private static @Nullable SSLEngine engineOf(OpenConnection open, Connection<?> connection) {
        SSLEngine known = open.engine();
        return known == null ? SSLUtils.getSSLEngine(connection) : known;
    }

    /** The facts of a handshake that ended well. */
    static HandshakeFacts established(OpenConnection open, @Nullable SSLEngine engine) {
        boolean asked = open.handshake().wasAskedToTrust();
        HandshakeFacts.Builder facts = open.handshake().facts(Ending.ESTABLISHED);
        if (engine != null) {
            SSLSession session = engine.getSession();
            X509Certificate[] peer = asked ? null : CertificateReader.chain(session);
            if (peer != null) {
                facts.accepted(peer);
            }
            facts.negotiated(session.getProtocol(), session.getCipherSuite())
                    .nextProtocol(engine.getApplicationProtocol())
                    .resumed(peer != null);
        }
        return facts.build();
    }

    @Override
    public void onFailure(Connection<?> connection, Throwable cause) {
        context.guarded(UNTAKEN, () -> {
            OpenConnection open = context.open(connection);
            if (context.judge(open, () -> failed(open, Ending.FAILED, cause))) {
                context.connections().handshaken(open);
            } else {
                renegotiationFailed(open);
            }
        });
    }

    /** It is the connection's end, which tells of it. */
    private void renegotiationFailed(OpenConnection open) {
        Fault fault = open.handshake().renegotiationFault();
        if (fault != null) {
            open.frameFault(fault, false);
        }
        context.connections().handshaken(open);
    }

    /** The facts of a handshake that did not end well. */
    static HandshakeFacts failed(OpenConnection open, Ending ending, @Nullable Throwable cause) {
        SSLEngine engine = open.handshake().isBeingTrusted() ? null : open.engine();
        HandshakeFacts.Builder facts = open.handshake().facts(ending).failure(cause);
        if (engine != null) {
            facts.enabledProtocols(List.of(engine.getEnabledProtocols()));
            SSLSession session = engine.getHandshakeSession();
            if (session != null) {
                facts.negotiated(session.getProtocol(), session.getCipherSuite());
            }
            String application = Objects.requireNonNullElse(engine.getHandshakeApplicationProtocol(), "");
            facts.nextProtocol(application);
        }
        return facts.build();
    }

    @Override
    public void presented(SSLEngine engine, X509Certificate[] chain, @Nullable SSLSession session) {
        context.guarded(UNTAKEN, () -> {
            OpenConnection open = context.connections().known(engine);
            if (open != null) {
                open.handshake().presented(chain, session);
            }
        });
    }

    @Override
    public void trusted(SSLEngine engine) {
        context.guarded(UNTAKEN, () -> {
            OpenConnection open = context.connections().known(engine);
            if (open != null) {
                open.handshake().trusted();
            }
        });
    }

    @Override
    public void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors) {
        context.guarded(UNTAKEN, () -> {
            OpenConnection open = context.connections().known(engine);
            if (open != null) {
                open.handshake().refused(cause, anchors);
            }
        });
    }
}
