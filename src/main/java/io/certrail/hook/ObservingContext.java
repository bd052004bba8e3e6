package io.certrail.hook;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's SSL context, whose engines and trust managers are watched. */
final class ObservingContext extends SSLContextSpi {
    private final SSLContext jdk;
    private final Hook hook;

    ObservingContext(SSLContext jdk, Hook hook) {
        this.jdk = jdk;
        this.hook = hook;
    }

    @Override
    protected void engineInit(
            KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
            throws KeyManagementException {
        jdk.init(keys, watched(trust == null ? standard() : trust), random);
    }

    /** What the JDK takes where it is given none; {@code null} if that cannot be had, and the JDK shall see to it. */
    private TrustManager @Nullable [] standard() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    private TrustManager @Nullable [] watched(TrustManager @Nullable [] trust) {
        TrustManager[] managers = trust == null ? null : trust.clone();
        for (int i = 0; managers != null && i < managers.length; i++) {
            if (managers[i] instanceof X509ExtendedTrustManager manager) {
                managers[i] = new ObservingTrustManager(manager, hook);
            }
        }
        return managers;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new ObservingEngine(jdk.createSSLEngine(), hook);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return new ObservingEngine(jdk.createSSLEngine(host, port), hook);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return jdk.getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return jdk.getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return jdk.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return jdk.getClientSessionContext();
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return jdk.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return jdk.getSupportedSSLParameters();
    }
}
