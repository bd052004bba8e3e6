package io.certrail.hook;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The server's own trust manager, watched: sees what is presented and what it says, and changes neither. */
final class ObservingTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager server;
    private final Hook hook;

    ObservingTrustManager(X509ExtendedTrustManager server, Hook hook) {
        this.server = server;
        this.hook = hook;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        Conversation watched = chain == null ? null : hook.of(engine);
        if (watched == null || engine == null) {
            server.checkClientTrusted(chain, authType, engine);
            return;
        }
        hook.guarded(() -> watched.presented(chain, engine.getHandshakeSession()));
        try {
            server.checkClientTrusted(chain, authType, engine);
        } catch (CertificateException | RuntimeException e) {
            hook.guarded(() -> watched.refused(e, server.getAcceptedIssuers()));
            throw e;
        }
        hook.guarded(watched::trusted);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        server.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        server.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        server.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        server.checkClientTrusted(chain, authType);
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
