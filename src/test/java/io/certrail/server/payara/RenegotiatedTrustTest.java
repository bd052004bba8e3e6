package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.hook.EngineSite;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
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
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of HTTP/2 that come while a renegotiation of TLS 1.2 has the trust manager asked, which may take long. */
class RenegotiatedTrustTest implements ObservingTrustManager.TrustObserver {
    private static final int PATIENCE_SECONDS = 10;
    private static final int FLIGHTS = 20;

    private final Connection<?> connection = connection();
    private final OpenConnection open = new OpenConnection("boot-1", true, connection, true);
    private final SSLEngine client = EngineSite.client(EngineSite.alice()).createSSLEngine();
    private final SSLEngine server = context().createSSLEngine();

    private int asked;
    private X509Certificate @Nullable [] meanwhile;

    private static Connection<?> connection() {
        AttributeHolder attributes = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createSafeAttributeHolder();
        return (Connection<?>) Proxy.newProxyInstance(
                RenegotiatedTrustTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("getAttributes") ? attributes : null);
    }

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
        open.presented(chain, session);
    }

    @Override
    public void trusted(SSLEngine engine) {
        open.trusted();
    }

    @Override
    public void refused(SSLEngine engine, Throwable cause, List<X509Certificate> anchors) {
        if (asked == 1) {
            open.refused(cause, anchors); // later, this would wait for the request's thread if that waits for this one
        }
    }

    private void shakeHands() throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        client.beginHandshake();
        for (int i = 0; i < FLIGHTS; i++) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        for (boolean on = true; on; ) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
                default -> on = engine.unwrap(in, ByteBuffer.allocate(40_000)).bytesConsumed() > 0;
            }
        }
        in.compact();
    }

    @Test
    @Timeout(3 * PATIENCE_SECONDS)
    void requestHasTheLastCertificateAndWaitsForNoTrustManager() throws Exception {
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
        SSLUtils.setSSLEngine(connection, server);
        shakeHands();
        SSLSession first = server.getSession();
        assertThat(open.certificates()).containsExactly(EngineSite.alice().certificate());

        client.getSession().invalidate();
        shakeHands();
        assertThat(asked).isEqualTo(2);
        assertThat(server.getSession()).isNotSameAs(first);
        assertThat(meanwhile).containsExactly(EngineSite.alice().certificate());
    }
}
