package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A trust manager that takes its time, as one does that asks an OCSP responder: the JDK holds its engine's lock meanwhile,
 * which nobody of the hook's may wait for.
 */
class SlowTrustTest {
    private static final long PATIENCE_SECONDS = 10;
    private static final int MOST_FLIGHTS = 10;

    private final Hearer hearer = Hearer.ofAll();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private CertificateException refusal;
    private CertrailProvider provider;
    private SSLEngine server;
    private SSLEngine client;

    @BeforeEach
    void hear() {
        hearer.reacting(fact -> {
            if (Fact.is(fact, Fact.HANDSHAKE)) {
                told.countDown();
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        answer.countDown();
        hearer.subscription().cancel();
        assertThat(hearer.facts("fault")).isEmpty();
    }

    private void serve(String options) throws Exception {
        provider = new CertrailProvider(options);
        provider.subscribe(hearer);
        SSLContext context = EngineSite.server(provider, this::decide);
        client = EngineSite.client(EngineSite.alice()).createSSLEngine();
        client.setUseClientMode(true);
        client.beginHandshake();
        server = context.createSSLEngine("127.0.0.1", 5);
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);
    }

    private void decide(X509Certificate[] chain) throws CertificateException {
        asked.countDown();
        try {
            answer.await(2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new CertificateException(e);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Goes on until the trust manager is asked, and not beyond its answer: the thread on which it is. */
    private Thread untilAsked() throws Exception {
        ByteBuffer toServer = ByteBuffer.allocate(100_000);
        ByteBuffer toClient = ByteBuffer.allocate(100_000);
        for (int flight = 0; flight < MOST_FLIGHTS; flight++) {
            step(client, toClient, toServer);
            Thread task = thread(() -> step(server, toServer, toClient));
            while (task.isAlive() && asked.getCount() > 0) {
                task.join(10);
            }
            if (asked.getCount() == 0) {
                return task;
            }
        }
        throw new AssertionError("the trust manager was not asked");
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        in.flip();
        for (boolean on = true; on; ) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                engine.wrap(ByteBuffer.allocate(0), out);
            } else {
                on = engine.unwrap(in, ByteBuffer.allocate(40_000)).bytesConsumed() > 0;
            }
            on &= asked.getCount() > 0;
        }
        in.compact();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // the engine is through
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        thread.join(Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
        assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
        assertThat(thread.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trustManagerThatOutlastsTheDeadlineAnswersAndNobodyIsStuck(boolean refusing) throws Exception {
        refusal = refusing ? new CertificateException("revoked") : null;
        serve("deadline=2s");
        Thread task = untilAsked();
        told.await(5, TimeUnit.SECONDS);
        answer.countDown();
        assertEnds(task);
        Map<String, Object> verdict = hearer.await("handshake", 1).get(0);
        assertThat(verdict).containsEntry("verdict", "timeout").containsEntry("trusted", false);
        assertThat((X509Certificate[]) verdict.get("presented"))
                .containsExactly(EngineSite.alice().certificate());
        assertThatThrownBy(() -> server.unwrap(ByteBuffer.allocate(1), ByteBuffer.allocate(40_000)))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("2000 ms");
        assertThat(hearer.facts("handshake")).hasSize(1);
        assertThat(hearer.facts("authenticated")).isEmpty();
    }

    @Test
    void deadlineIsToldWhileTheTrustManagerIsAsked() throws Exception {
        serve("deadline=2s");
        String[] enabled = server.getEnabledProtocols();
        Thread task = untilAsked();
        Map<String, Object> verdict = hearer.await("handshake", 1).get(0);
        assertThat(task.isAlive()).isTrue();
        assertThat(verdict)
                .containsEntry("verdict", "timeout")
                .containsEntry("protocol", "TLSv1.3")
                .containsEntry("enabledProtocols", enabled);
        answer.countDown();
        assertEnds(task);
    }

    @Test
    void endIsToldWhileTheTrustManagerIsAsked() throws Exception {
        serve("deadline=0s");
        Thread task = untilAsked();
        Thread closing = thread(server::closeOutbound);
        told.await(5, TimeUnit.SECONDS);
        assertThat(task.isAlive()).isTrue();
        answer.countDown();
        assertEnds(task);
        assertEnds(closing);
        assertThat(hearer.await("handshake", 1).get(0))
                .containsEntry("verdict", "closed")
                .containsEntry("closedBy", "server")
                .containsEntry("trusted", false);
    }

    @Test
    void whatTheTrustManagerAcceptedIsTrustedThoughTheClientGoesNoFurther() throws Exception {
        serve("deadline=0s");
        server.setEnabledProtocols(new String[] {"TLSv1.2"});
        Thread task = untilAsked();
        answer.countDown();
        assertEnds(task);
        server.closeOutbound();
        assertThat(hearer.await("handshake", 1).get(0))
                .containsEntry("verdict", "closed")
                .containsEntry("trusted", true)
                .containsEntry("enabledProtocols", new String[] {"TLSv1.2"});
    }

    @Test
    void protocolsAreThoseThatTheServerSetLast() throws Exception {
        serve("deadline=0s");
        SSLParameters parameters = server.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.2"});
        server.setSSLParameters(parameters);
        server.setSSLParameters(new SSLParameters());
        server.closeOutbound();
        assertThat(hearer.await("handshake", 1).get(0)).containsEntry("enabledProtocols", new String[] {"TLSv1.2"});
    }
}
