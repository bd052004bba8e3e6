package io.certrail.hook;

import java.security.Provider;
import java.util.Map;
import java.util.concurrent.Flow;

/** The security provider, and the publisher of what it sees. */
public final class CertrailProvider extends Provider implements Flow.Publisher<Map<String, Object>> {
    /** Under which {@link java.security.Security#getProvider} finds it. */
    public static final String NAME = "Certrail";

    private static final long serialVersionUID = 1;

    public CertrailProvider() {
        super(NAME, "1", "Certrail: watches the TLS of a server");
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Map<String, Object>> subscriber) {
        throw new UnsupportedOperationException("not yet");
    }
}
