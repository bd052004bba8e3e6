package io.certrail.hook;

import io.certrail.tls.Presented;
import io.certrail.tls.TestPki;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** SSL contexts for a server with mutual TLS and for its clients. */
public final class EngineSite {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root,O=Hook");
    private static final TestPki.Identity SERVER =
            ROOT.issue("CN=localhost").server().build();
    private static final TestPki.Identity ALICE =
            ROOT.issue("CN=alice,O=Hook").client().build();
    private static final TestPki.Identity BOB =
            ROOT.issue("CN=bob,O=Hook").client().build();

    private EngineSite() {}

    public static TestPki.Identity root() {
        return ROOT;
    }

    public static TestPki.Identity alice() {
        return ALICE;
    }

    public static TestPki.Identity bob() {
        return BOB;
    }

    /** A server's context, of the provider given. */
    public static SSLContext server(Provider provider, X509CRL... crls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", provider);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            if (crls.length == 0) {
                trust.init(anchors());
            } else {
                PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors(), new X509CertSelector());
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(crls))));
                trust.init(new CertPathTrustManagerParameters(parameters));
            }
            context.init(keys(SERVER).getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server's context, of the provider given, which trusts whom the caller does. */
    public static SSLContext server(Provider provider, ClientTrust trust) {
        return server(provider, trusting(trust));
    }

    /** A server's context, of the provider given, with this trust manager. */
    public static SSLContext server(Provider provider, X509ExtendedTrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", provider);
            context.init(keys(SERVER).getKeyManagers(), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whom a server trusts. */
    @FunctionalInterface
    public interface ClientTrust {
        /** @throws CertificateException if not this one */
        void check(X509Certificate[] chain) throws CertificateException;
    }

    /** A server's trust manager. */
    public static X509ExtendedTrustManager trusting(ClientTrust trust) {
        return new Trusting(trust);
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        private final ClientTrust trust;

        Trusting(ClientTrust trust) {
            this.trust = trust;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            trust.check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            trust.check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            trust.check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {ROOT.certificate()};
        }
    }

    /** The JDK's own context for a client, with this certificate or, if {@code null}, with none. */
    public static SSLContext client(TestPki.Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors());
            context.init(identity == null ? null : keys(identity).getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The JDK's own context for a client that presents this chain, whatever it is. */
    public static SSLContext presenting(PrivateKey key, X509Certificate... chain) {
        return client(new Presented(key, chain));
    }

    /** The JDK's own context for a client that presents each time what it is told to, none while that is {@code null}. */
    public static SSLContext changing(Supplier<TestPki.Identity> identity) {
        return client(new Presented(identity));
    }

    private static SSLContext client(KeyManager keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(anchors());
            context.init(new KeyManager[] {keys}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore anchors() throws GeneralSecurityException {
        KeyStore store = empty();
        store.setCertificateEntry("root", ROOT.certificate());
        return store;
    }

    private static KeyManagerFactory keys(TestPki.Identity identity) throws GeneralSecurityException {
        KeyStore store = empty();
        store.setKeyEntry("key", identity.key(), new char[0], new X509Certificate[] {identity.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory;
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
