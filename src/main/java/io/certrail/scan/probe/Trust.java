package io.certrail.scan.probe;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Whom a probe takes for the server: a scan sends its fake secrets to nobody else.
 *
 * @param managers as JSSE wants them
 */
public record Trust(List<TrustManager> managers) {
    public Trust {
        managers = List.copyOf(managers);
    }

    /** These roots, or those of the JDK if there are none. */
    public static Trust in(List<X509Certificate> roots) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots.isEmpty() ? null : store(roots));
        return new Trust(List.of(factory.getTrustManagers()));
    }

    private static KeyStore store(List<X509Certificate> roots) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root" + i, roots.get(i));
            }
            return store;
        } catch (java.io.IOException e) {
            throw new IllegalStateException("an empty store cannot fail to load", e);
        }
    }

    /** Of a client that trusts no server: it sends the alert {@code certificate_unknown}. */
    static Trust inNobody() {
        return new Trust(List.of(new Distrust()));
    }

    private static final class Distrust implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is trusted");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is trusted");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
