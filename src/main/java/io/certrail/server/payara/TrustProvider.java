package io.certrail.server.payara;

import io.certrail.server.payara.ObservingTrustManager.TrustObserver;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A security provider that gives the server's listeners watched trust managers. It stands first in the list while
 * Certrail is deployed; who else asks for a trust manager, such as an application's own HTTP client, gets exactly what
 * he would have got without it.
 */
final class TrustProvider extends Provider {
    private static final long serialVersionUID = 1;
    private static final String SERVICE = "TrustManagerFactory";
    /** The class that builds a listener's SSL context. */
    private static final String LISTENERS_CONFIGURATOR = "org.glassfish.grizzly.config.SSLConfigurator";

    private final transient TrustObserver observer;

    TrustProvider(String name, TrustObserver observer) {
        super(name, "1", "Certrail: watches the trust managers of the server's listeners");
        this.observer = observer;
        for (String algorithm : new String[] {"PKIX", "SunX509"}) {
            putService(new WatchedService(algorithm));
        }
    }

    private final class WatchedService extends Service {
        WatchedService(String algorithm) {
            super(TrustProvider.this, SERVICE, algorithm, WatchedFactory.class.getName(), null, null);
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            Provider next = next();
            if (!isForListener()) {
                return next.getService(SERVICE, getAlgorithm()).newInstance(parameter);
            }
            return new WatchedFactory(TrustManagerFactory.getInstance(getAlgorithm(), next), observer);
        }

        /** The one behind this, which may be another Certrail's. */
        private Provider next() throws NoSuchAlgorithmException {
            boolean behind = false;
            for (Provider provider : Security.getProviders()) {
                if (behind && provider.getService(SERVICE, getAlgorithm()) != null) {
                    return provider;
                }
                behind |= provider.getName().equals(getName());
            }
            throw new NoSuchAlgorithmException("no provider of " + SERVICE + "." + getAlgorithm());
        }

        private boolean isForListener() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(LISTENERS_CONFIGURATOR)));
        }
    }

    /** Makes the trust managers that the next provider makes, watched. */
    private static final class WatchedFactory extends TrustManagerFactorySpi {
        private final TrustManagerFactory factory;
        private final TrustObserver observer;

        WatchedFactory(TrustManagerFactory factory, TrustObserver observer) {
            this.factory = factory;
            this.observer = observer;
        }

        @Override
        protected void engineInit(KeyStore anchors) throws KeyStoreException {
            factory.init(anchors);
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
            factory.init(parameters);
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            TrustManager[] managers = factory.getTrustManagers().clone();
            for (int i = 0; i < managers.length; i++) {
                if (managers[i] instanceof X509ExtendedTrustManager manager) {
                    managers[i] = new ObservingTrustManager(manager, observer);
                }
            }
            return managers;
        }
    }
}
