package io.certrail.server.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.verify.SampleTrail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handshake of which no record can be made is counted, and the next one is recorded. */
class LostHandshakeTest {
    private static final String BOOT = Recorder.newBootId();

    @TempDir
    Path folder;

    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicInteger refused = new AtomicInteger();

    private final HookListener listener = new HookListener() {
        @Override
        public Endpoint server(HookedConnection connection) {
            Throwable once = failure.getAndSet(null);
            if (once instanceof Error error) {
                throw error;
            }
            if (once instanceof RuntimeException exception) {
                throw exception;
            }
            return Endpoint.UNKNOWN;
        }

        @Override
        public void refused(HookedConnection connection, boolean timedOut) {
            refused.incrementAndGet();
        }
    };

    private static Map<String, Object> handshake(long connection, String verdict) {
        return Map.of("fact", "handshake", "connection", connection, "verdict", verdict, "peerPort", 5);
    }

    /** What is told of two connections, of whose first the handshake cannot be taken. */
    private void tell(Throwable once, String verdict) throws Exception {
        try (Trail trail = SampleTrail.open(folder, BOOT, 1 << 20, Retention.ALL)) {
            Recorder recorder =
                    SampleTrail.recorder(trail, BOOT, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            HookConnections connections = new HookConnections(recorder, 10, listener::server);
            try (HookFacts facts = new HookFacts(recorder, connections, listener)) {
                failure.set(once);
                facts.onNext(handshake(1, verdict));
                facts.onNext(handshake(2, verdict));
            }
        }
    }

    /** The line of connections in the last checkpoint. */
    private String counted() throws Exception {
        return Files.readString(folder.resolve("checkpoint"))
                .lines()
                .filter(line -> line.startsWith("connections "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void errorIsOneHandshakesAlone() throws Exception {
        tell(new OutOfMemoryError("for a test"), "established");
        assertThat(counted())
                .isEqualTo(
                        "connections accepted=2 numbered=0 succeeded=1 failed=0 unknown=0 coalesced=0 lost=1 open=0");
    }

    @Test
    void refusalThatIsLostIsCountedAndItsConnectionForgotten() throws Exception {
        tell(new IllegalStateException("for a test"), "timeout");
        assertThat(counted())
                .isEqualTo(
                        "connections accepted=2 numbered=0 succeeded=0 failed=1 unknown=0 coalesced=0 lost=1 open=0");
        assertThat(refused).hasValue(1);
    }
}
