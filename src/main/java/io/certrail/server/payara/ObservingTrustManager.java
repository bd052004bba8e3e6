package io.certrail.server.payara;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The server's own trust manager, watched: sees what is presented and what it says, and changes neither. */
final class ObservingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager server;
    private final TrustObserver observer;

    ObservingTrustManager(X509ExtendedTrustManager server, TrustObserver observer) {
        this.server = server;
        this.observer = observer;
    }

    /** Who wants to know. Must not throw. */
    interface TrustObserver {
        /** @param session the session in the making, {@code null} if the engine tells of none */
        void presented(SSLEngine engine, X509Certificate[] chain, @Nullable SSLSession session);

        void trusted(SSLEngine engine);

        void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (engine != null && chain != null) {
            observer.presented(engine, chain, engine.getHandshakeSession());
        }
        try {
            server.checkClientTrusted(chain, authType, engine);
        } catch (CertificateException | RuntimeException e) {
            if (engine != null) {
                observer.refused(engine, e, List.of(server.getAcceptedIssuers()));
            }
            throw e;
        }
        if (engine != null) {
            observer.trusted(engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        server.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        server.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        server.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        server.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        server.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return server.getAcceptedIssuers();
    }
}
