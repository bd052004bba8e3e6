package io.certrail.scan.probe;

import io.certrail.scan.probe.Credentials.Kind;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's TLS for one that presents a credential, or none. */
public final class Client {
    private Client() {}

    /** A new context, without sessions to resume, of the good client. */
    public static SSLContext context(Credentials credentials, Trust trust) {
        return context(credentials.find(Kind.GOOD, "").orElse(null), trust);
    }

    static SSLContext context(@Nullable Credential credential, Trust trust) {
        try {
            var context = SSLContext.getInstance("TLS");
            KeyManager[] keys =
                    credential == null ? new KeyManager[0] : new KeyManager[] {new FixedKeyManager(credential)};
            context.init(keys, trust.managers().toArray(TrustManager[]::new), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
