package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.hook.EnginePair;
import io.certrail.hook.EngineSite;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of HTTP/2 that come while a renegotiation of TLS 1.2 has the trust manager asked, which may take long. */
class RenegotiatedTrustTest implements ObservingTrustManager.TrustObserver {
    private static final int PATIENCE_SECONDS = 10;

    private final Connection<?> connection = FakeConnection.open();
    private final OpenConnection open = new OpenConnection("boot-1", true, connection, true);
    private final EnginePair engines = new EnginePair(
            EngineSite.client(EngineSite.alice()).createSSLEngine(), context().createSSLEngine());

    private int asked;
    private X509Certificate @Nullable [] meanwhile;

    private SSLContext context() {
        return EngineSite.server(
                Security.getProvider("SunJSSE"), new ObservingTrustManager(EngineSite.trusting(this::decide), this));
    }

    private void decide(X509Certificate[] chain) throws CertificateException {
        asked++;
        if (asked == 2) {
            var request = CompletableFuture.supplyAsync(open::certificates);
            try {
                meanwhile = request.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new CertificateException("the request waits for this", e);
            }
        }
    }

    @Override
    public void presented(SSLEngine engine, X509Certificate[] chain, @Nullable SSLSession session) {
        open.handshake().presented(chain, session);
    }

    @Override
    public void trusted(SSLEngine engine) {
        open.handshake().trusted();
    }

    @Override
    public void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors) {
        if (asked == 1) {
            open.handshake()
                    .refused(
                            cause,
                            anchors); // later, this would wait for the request's thread if that waits for this one
        }
    }

    @Test
    @Timeout(3 * PATIENCE_SECONDS)
    void requestHasTheLastCertificateAndWaitsForNoTrustManager() throws Exception {
        SSLUtils.setSSLEngine(connection, engines.server());
        engines.client().setEnabledProtocols(new String[] {"TLSv1.2"});
        engines.shakeHands();
        SSLSession first = engines.server().getSession();
        assertThat(open.certificates()).containsExactly(EngineSite.alice().certificate());

        engines.client().getSession().invalidate();
        engines.shakeHands();
        assertThat(asked).isEqualTo(2);
        assertThat(engines.server().getSession()).isNotSameAs(first);
        assertThat(meanwhile).containsExactly(EngineSite.alice().certificate());
    }
}
