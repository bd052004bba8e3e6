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
    private final Queue<String> alarms = new ConcurrentLinkedQueue<>();
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
            String alarm = alarms.poll();
            if (alarm != null) {
                throw new WitnessAlarm(alarm);
            }
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

    private static final class Kept implements Sink<String> {
        private final Queue<String> items = new ConcurrentLinkedQueue<>();

        @Override
        public SinkKind kind() {
            return SinkKind.FILE;
        }

        @Override
        public String target() {
            return "file:/somewhere";
        }

        @Override
        public void deliver(String item) {
            items.add(item);
        }
    }

    /** Where the last item is put, and the end begins, while the delivery has just looked in vain. */
    private static final class JustLooked implements Feed<String> {
        private final Latest<String> latest = new Latest<>(() -> {});
        private final CountDownLatch looked = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public @Nullable String next(Duration wait) throws InterruptedException {
            boolean first = looked.getCount() > 0;
            String item = latest.next(first ? Duration.ZERO : wait);
            if (first) {
                looked.countDown();
                ended.await();
            }
            return item;
        }

        @Override
        public void delivered(String item) {
            latest.delivered(item);
        }
    }

    @Test
    void whatIsPutBeforeTheEndBeginsIsDelivered() throws Exception {
        Kept kept = new Kept();
        JustLooked late = new JustLooked();
        Delivery<String> delivery =
                Delivery.start(late, kept, new Backoff(SHORT, SHORT), Duration.ZERO, DeliveryMeter.NONE);
        late.looked.await();
        late.latest.put("last");
        delivery.finish();
        late.ended.countDown();
        delivery.close(Duration.ofSeconds(60));

        assertThat(kept.items).containsExactly("last");
    }

    @Test
    void alarmThatGoesOnIsToldOnce() throws Exception {
        alarms.addAll(List.of("of 3", "of 4", "of 5"));
        causes.clear();
        LOG.addHandler(handler);
        try (var delivery = Delivery.start(feed, sink, new Backoff(SHORT, SHORT), Duration.ZERO, DeliveryMeter.NONE)) {
            delivered.await();
            delivery.close(Duration.ofSeconds(10));
        } finally {
            LOG.removeHandler(handler);
        }

        assertThat(told).containsExactly("CTR0804 of 3", "CTR0802 3");
    }

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
