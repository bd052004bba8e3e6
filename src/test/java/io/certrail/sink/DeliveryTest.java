package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Logger LOG = Logger.getLogger("io.certrail.sink");
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Queue<String> causes = new ConcurrentLinkedQueue<>(List.of("gone", "gone", "wrong", "wrong", "gone"));
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final CountDownLatch delivered = new CountDownLatch(1);

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getMessage().substring(0, 7) + " " + line.getParameters()[1]);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Sink<String> sink = new Sink<>() {
        @Override
        public SinkKind kind() {
            return SinkKind.FILE;
        }

        @Override
        public String target() {
            return "file:/nowhere";
        }

        @Override
        public void deliver(String item) throws IOException {
            String cause = causes.poll();
            if (cause != null) {
                throw new IOException(cause);
            }
        }
    };

    private final Feed<String> feed = new Feed<>() {
        private boolean taken;

        @Override
        public synchronized @Nullable String next(Duration wait) {
            return taken ? null : "item";
        }

        @Override
        public synchronized void delivered(String item) {
            taken = true;
            delivered.countDown();
        }
    };

    @Test
    void eachCauseIsToldOnceInARow() throws Exception {
        LOG.addHandler(handler);
        try (var delivery = Delivery.start(feed, sink, new Backoff(SHORT, SHORT), Duration.ZERO, DeliveryMeter.NONE)) {
            delivered.await();
            delivery.close(Duration.ofSeconds(10));
        } finally {
            LOG.removeHandler(handler);
        }

        assertThat(told).containsExactly("CTR0801 gone", "CTR0801 wrong", "CTR0801 gone", "CTR0802 5");
    }
}
