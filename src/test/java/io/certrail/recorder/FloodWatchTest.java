package io.certrail.recorder;

import static io.certrail.recorder.Floods.NOON;
import static io.certrail.recorder.Floods.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.AuditEvent;
import io.certrail.event.FloodEvent;
import io.certrail.event.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FloodWatchTest {
    private static final FloodOptions OPTIONS = new FloodOptions(1, 1, Duration.ofMillis(20), 10);

    private final BlockingQueue<FloodEvent> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicBoolean fails = new AtomicBoolean();

    private long nanoTime() {
        if (fails.getAndSet(false)) {
            throw new OutOfMemoryError("for a test");
        }
        return 0;
    }

    @Test
    void floodsAreStillToldAfterASweepFailed() throws Exception {
        assertThatFloodsAreStillTold(failures::add);
    }

    @Test
    void floodsAreStillToldAfterThatCouldNotBeToldEither() throws Exception {
        assertThatFloodsAreStillTold(failure -> {
            failures.add(failure);
            throw new OutOfMemoryError("for a test, too");
        });
    }

    private void assertThatFloodsAreStillTold(Consumer<Throwable> onFailure) throws Exception {
        FloodGate.Book book = new FloodGate.Book() {
            @Override
            public void coalesced(AuditEvent event) {
                // counted elsewhere
            }

            @Override
            public void tell(FloodEvent flood) {
                told.add(flood);
            }
        };
        FloodGate gate = new FloodGate(
                OPTIONS, Clock.fixed(NOON, ZoneOffset.UTC), this::nanoTime, new ConnectionNumbers(Floods.BOOT), book);
        assertThat(gate.admits(refused("203.0.113.7", Reason.UNKNOWN_CA, 1))).isTrue();
        try (FloodWatch watch = new FloodWatch(gate, OPTIONS, onFailure)) {
            fails.set(true);
            assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
            assertThat(gate.admits(refused("203.0.113.7", Reason.UNKNOWN_CA, 2)))
                    .isFalse();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(watch).isNotNull();
        }
    }
}
