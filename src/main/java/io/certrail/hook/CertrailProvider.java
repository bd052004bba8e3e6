package io.certrail.hook;

import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The security provider, and the publisher of what it sees. Put before SunJSSE, it serves every {@code SSLContext} for
 * TLS by the JDK's own, watched. Options are those of {@code HookOptions}.
 */
public final class CertrailProvider extends Provider implements Flow.Publisher<Map<String, Object>> {
    /** Under which {@link java.security.Security#getProvider} finds it. */
    public static final String NAME = "Certrail";

    private static final long serialVersionUID = 1;
    private static final String SERVICE = "SSLContext";
    private static final String JDK = "SunJSSE";

    private final transient Hook hook;

    /** With the options of the system properties. */
    public CertrailProvider() {
        this(null);
    }

    /**
     * With options, such as {@code deadline=10s}.
     *
     * @throws IllegalArgumentException with key, value and what was expected
     */
    public CertrailProvider(@Nullable String options) {
        super(NAME, "1", "Certrail: watches the TLS of a server");
        hook = new Hook(HookOptions.read(options));
        Provider jdk = Security.getProvider(JDK);
        if (jdk == null) {
            throw new IllegalStateException("Certrail's hook: this JVM has no " + JDK + " to watch");
        }
        jdk.getServices().stream()
                .filter(service -> service.getType().equals(SERVICE))
                .filter(service -> !service.getAlgorithm().startsWith("DTLS"))
                .forEach(service -> putService(new WatchedService(this, service.getAlgorithm())));
    }

    /** As java.security's {@code security.provider.N=Certrail options} asks for it. */
    @Override
    public Provider configure(String options) {
        return new CertrailProvider(options);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Map<String, Object>> subscriber) {
        if (subscriber == null) {
            throw new NullPointerException("subscriber"); // rule 1.9
        }
        hook.subscriptions().subscribe(subscriber);
    }

    /** One algorithm. {@code SSL} is the older name of {@code TLS}. */
    private static final class WatchedService extends Service {
        private final Hook hook;

        WatchedService(CertrailProvider provider, String algorithm) {
            super(
                    provider,
                    SERVICE,
                    algorithm,
                    ObservingContext.class.getName(),
                    algorithm.equals("TLS") ? List.of("SSL") : null,
                    null);
            hook = provider.hook;
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            try {
                return new ObservingContext(SSLContext.getInstance(getAlgorithm(), JDK), hook);
            } catch (NoSuchProviderException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }
    }
}
