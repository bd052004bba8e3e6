package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deadline of handshakes on a server that may have no more threads. */
final class WatchdogTest {
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final AtomicInteger refusals = new AtomicInteger();
    private final Watchdog watchdog = new Watchdog(DEADLINE, task -> {
        if (refusals.getAndDecrement() > 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return HookThread.named("certrail-hook-watchdog-test", task);
    });
    private final Hook hook = new Hook(new Subscriptions(HookOptions.DEFAULT), watchdog);
    private final Hearer hearer = Hearer.ofAll();

    WatchdogTest() {
        hook.subscriptions().subscribe(hearer);
    }

    @AfterEach
    void stop() throws Exception {
        hearer.subscription().cancel();
    }

    private SSLEngine engine() {
        return new ObservingEngine(
                EngineSite.server(Security.getProvider("SunJSSE")).createSSLEngine("127.0.0.1", 5), hook);
    }

    @Test
    void handshakeForWhoseDeadlineThereIsNoThreadIsToldOnce() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        SSLEngine client = EngineSite.client(EngineSite.alice()).createSSLEngine();
        new EnginePair(client, engine()).shakeHands();
        hearer.await("handshake", 1);
        Map<String, Object> accepted = hearer.facts("accepted").get(0);
        assertThat(hearer.facts().stream().filter(fact -> fact.containsKey("connection")))
                .extracting(fact -> fact.get("fact"), fact -> fact.get("connection"))
                .startsWith(
                        tuple("accepted", accepted.get("connection")), tuple("handshake", accepted.get("connection")))
                .doesNotHaveDuplicates();
        assertThat(hearer.await("fault", 1).get(0).get("cause")).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void oneThatHadNoThreadLeavesNothingBehindForTheNext() throws Exception {
        refusals.set(1);
        SSLEngine first = engine();
        SSLEngine second = engine();
        first.setUseClientMode(false);
        second.setUseClientMode(false);
        List<Map<String, Object>> accepted = hearer.await("accepted", 2);
        assertThat(hearer.await("handshake", 1).get(0))
                .containsEntry("verdict", "timeout")
                .containsEntry("connection", accepted.get(1).get("connection"));
        second.closeOutbound();
        first.closeOutbound();
        assertThat(hearer.await("handshake", 2).get(1))
                .containsEntry("verdict", "closed")
                .containsEntry("connection", accepted.get(0).get("connection"));
    }
}
