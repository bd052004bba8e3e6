package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
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
    private final Recorder recorder;
    private final OpenConnections connections;
    private final Verdicts verdicts;

    HandshakeHook(Recorder recorder, OpenConnections connections, Verdicts verdicts) {
        this.recorder = recorder;
        this.connections = connections;
        this.verdicts = verdicts;
    }

    @Override
    public void onInit(Connection<?> connection, SSLEngine engine) {
        guarded(() -> begin(connection, engine));
    }

    @Override
    public void onStart(Connection<?> connection) {
        guarded(() -> {
            SSLEngine engine = SSLUtils.getSSLEngine(connection); // with SNI there is no onInit
            if (engine != null) {
                begin(connection, engine);
            }
        });
    }

    private void begin(Connection<?> connection, SSLEngine engine) {
        OpenConnection open = connections.open(connection, true);
        if (!open.isJudged() && open.engine() != engine) {
            connections.handshakes(open, engine);
        }
    }

    @Override
    public void onComplete(Connection<?> connection) {
        guarded(() -> {
            OpenConnection open = connections.open(connection, true);
            SSLEngine engine = engineOf(open, connection);
            if (engine != null && isNull(engine.getSession())) {
                return; // closed in the middle, which Grizzly takes for done: its end will be judged
            }
            if (open.judge()) {
                verdicts.settle(open, established(open, engine));
                connections.handshaken(open);
            } else if (engine != null && lacksCertificate(open)) {
                verdicts.renew(open, established(open, engine));
            }
        });
    }

    /** JSSE's session of a handshake that came to nothing. */
    private static boolean isNull(SSLSession session) {
        return "SSL_NULL_WITH_NULL_NULL".equals(session.getCipherSuite());
    }

    private static boolean lacksCertificate(OpenConnection open) {
        var facts = open.facts();
        return facts != null && facts.certificate() == null;
    }

    private static @Nullable SSLEngine engineOf(OpenConnection open, Connection<?> connection) {
        SSLEngine known = open.engine();
        return known == null ? SSLUtils.getSSLEngine(connection) : known;
    }

    /** The facts of a handshake that ended well. */
    static HandshakeFacts established(OpenConnection open, @Nullable SSLEngine engine) {
        boolean asked = open.wasAskedToTrust();
        HandshakeFacts.Builder facts = open.capture(Ending.ESTABLISHED);
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
        guarded(() -> {
            OpenConnection open = connections.open(connection, true);
            if (open.judge()) {
                verdicts.settle(open, failed(open, Ending.FAILED, cause));
                connections.handshaken(open);
            }
        });
    }

    /** The facts of a handshake that did not end well. */
    static HandshakeFacts failed(OpenConnection open, Ending ending, @Nullable Throwable cause) {
        HandshakeFacts.Builder facts = open.capture(ending).failure(cause);
        SSLEngine engine = open.engine();
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
        guarded(() -> {
            OpenConnection open = connections.known(engine);
            if (open != null) {
                open.presented(chain, session);
            }
        });
    }

    @Override
    public void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors) {
        guarded(() -> {
            OpenConnection open = connections.known(engine);
            if (open != null) {
                open.refused(cause, anchors);
            }
        });
    }

    private void guarded(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0603 A handshake's event could not be taken", e);
        }
    }
}
