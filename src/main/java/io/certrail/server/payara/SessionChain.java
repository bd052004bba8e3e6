package io.certrail.server.payara;

import io.certrail.tls.CertificateReader;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The chain that the session of a connection has, kept for as long as it is that session: by renegotiation (RFC 5246 section
 * 7.4.1.1) a client may come to another one, and with another certificate. Guarded by its connection.
 */
final class SessionChain {
    private @Nullable SSLSession session;
    private X509Certificate @Nullable [] chain;

    /** An array of the caller's own; {@code null} if the session has none, which may change: some servers ask for it later. */
    X509Certificate @Nullable [] of(@Nullable SSLSession current) {
        if (chain == null || current != session) {
            session = current;
            chain = current == null ? null : CertificateReader.chain(current);
        }
        return last();
    }

    /** The same of the session that was asked about last. */
    X509Certificate @Nullable [] last() {
        return chain == null ? null : chain.clone();
    }
}
