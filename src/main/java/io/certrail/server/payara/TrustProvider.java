package io.certrail.server.payara;

import io.certrail.server.FirstProvider;
import io.certrail.server.payara.ObservingTrustManager.TrustObserver;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Gives the server's listeners watched trust managers. */
final class TrustProvider extends FirstProvider {
    private static final long serialVersionUID = 1;
    private static final String SERVICE = "TrustManagerFactory";
    /** The class that builds a listener's SSL context. */
    private static final String LISTENERS_CONFIGURATOR = "org.glassfish.grizzly.config.SSLConfigurator";

    private final transient TrustObserver observer;

    TrustProvider(String bootId, TrustObserver observer) {
        super("Certrail-" + bootId, "watches the trust managers of the server's listeners");
        this.observer = observer;
    }

    @Override
    protected @Nullable Service serve(String type, String algorithm) {
        return type.equals(SERVICE) && isForListener() ? new WatchedService(algorithm) : null;
    }

    private static boolean isForListener() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(LISTENERS_CONFIGURATOR)));
    }

    private final class WatchedService extends Service {
        WatchedService(String algorithm) {
            super(TrustProvider.this, SERVICE, algorithm, WatchedFactory.class.getName(), null, null);
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            String algorithm = getAlgorithm();
            return new WatchedFactory(TrustManagerFactory.getInstance(algorithm, next(SERVICE, algorithm)), observer);
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
