package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.sink.SyslogReceiver.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All places at once, as a trail's integrator meets them. */
@Timeout(180)
class CheckpointSinksTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    @TempDir
    Path folder;

    private final TestLog log = TestLog.make();
    private final Counts counts = new Counts();
    private TestTls tls;
    private Path trail;
    private Path file;

    /** Counts what the sinks tell. */
    private static final class Counts implements DeliveryMeter {
        private final Map<SinkKind, AtomicInteger> delivered = zeros();
        private final Map<SinkKind, AtomicInteger> failed = zeros();
        private final Map<SinkKind, AtomicInteger> superseded = zeros();

        private static Map<SinkKind, AtomicInteger> zeros() {
            Map<SinkKind, AtomicInteger> counts = new EnumMap<>(SinkKind.class);
            for (SinkKind kind : SinkKind.values()) {
                counts.put(kind, new AtomicInteger());
            }
            return counts;
        }

        @Override
        public void delivered(SinkKind kind) {
            delivered.get(kind).incrementAndGet();
        }

        @Override
        public void failed(SinkKind kind) {
            failed.get(kind).incrementAndGet();
        }

        @Override
        public void superseded(SinkKind kind) {
            superseded.get(kind).incrementAndGet();
        }
    }

    @BeforeEach
    void makeFolders() throws Exception {
        tls = TestTls.in(folder);
        trail = Files.createDirectory(folder.resolve("trail"));
        file = folder.resolve("notes");
    }

    private CheckpointSinks start(Duration timeout, String... targets) throws IOException {
        SinkOptions options =
                new SinkOptions(SinkOptions.targets(List.of(targets)), tls.options(), Duration.ZERO, timeout);
        return CheckpointSinks.start(options, trail, log, counts, Clock.systemUTC(), QUICK);
    }

    private void publish(CheckpointSinks sinks, long size) {
        sinks.published(log.checkpoint(size), log.note(size));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private boolean fileHas(long size) {
        try {
            return Files.exists(file)
                    && Files.readString(file).contains(log.published(size).note());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPlaceGetsTheNewest() throws Exception {
        try (SyslogReceiver receiver = new SyslogReceiver(tls.serverContext(), Manner.PROPER, false);
                WitnessServer witness =
                        new WitnessServer(tls.serverContext(), log.key().verifierKey())) {
            CheckpointSinks sinks = start(
                    Duration.ofSeconds(60), "file:" + file, "syslog:localhost:" + receiver.port(), witness.target());
            publish(sinks, 3);
            publish(sinks, 8);
            sinks.close();

            assertThat(fileHas(8)).isTrue();
            assertThat(receiver.messages()).last().asString().contains(" size=\"8\" ");
            assertThat(witness.size()).isEqualTo(8);
            assertThat(trail.resolve("witness")).isDirectoryContaining("glob:**.note");
        }
    }

    /** One that hangs, one that is gone, one that works: the last is not delayed, nor is who publishes. */
    @Test
    void placesThatDoNotAnswerDelayNothing() throws Exception {
        try (SyslogReceiver silent = new SyslogReceiver(tls.serverContext(), Manner.SILENT, false)) {
            CheckpointSinks sinks = start(Duration.ofSeconds(60), "syslog:localhost:" + silent.port(), "file:" + file);
            publish(sinks, 1);
            await(() -> fileHas(1));
            long begin = System.nanoTime();
            for (int size = 2; size <= 500; size++) {
                publish(sinks, size);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            await(() -> fileHas(500));

            assertThat(took).as("not even one timeout").isLessThan(Duration.ofSeconds(55));
            assertThat(counts.delivered.get(SinkKind.SYSLOG)).hasValue(0);
            assertThat(counts.superseded.get(SinkKind.SYSLOG))
                    .as("all but the one under way, or taken, and the newest")
                    .hasValueGreaterThanOrEqualTo(498);
            assertThat(sinks.waitingFor(SinkKind.SYSLOG)).isPositive();
            assertThat(sinks.waitingFor(SinkKind.WITNESS)).isZero();
            await(() -> sinks.waitingFor(SinkKind.FILE).isZero());

            begin = System.nanoTime();
            sinks.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("its patience, not the timeout")
                    .isLessThan(Duration.ofSeconds(50));
        }
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("certrail-sink")));
    }

    @Test
    void placeThatComesBackGetsTheNewestWithoutANewCheckpoint() throws Exception {
        int port;
        try (SyslogReceiver receiver = new SyslogReceiver(tls.serverContext(), Manner.PROPER, false)) {
            port = receiver.port();
        }
        try (CheckpointSinks sinks = start(Duration.ofSeconds(60), "syslog:localhost:" + port)) {
            publish(sinks, 3);
            await(() -> counts.failed.get(SinkKind.SYSLOG).get() > 1);
            publish(sinks, 8);
            try (SyslogReceiver back = new SyslogReceiver(tls.serverContext(), Manner.PROPER, false, port)) {
                await(() -> counts.delivered.get(SinkKind.SYSLOG).get() == 1);
                assertThat(back.messages()).singleElement().asString().contains(" size=\"8\" ");
                assertThat(counts.superseded.get(SinkKind.SYSLOG)).hasValue(1);
            }
        }
    }

    @Test
    void lastCheckpointIsDeliveredAtTheEnd() throws Exception {
        CheckpointSinks sinks = start(Duration.ofSeconds(60), "file:" + file);
        publish(sinks, 42);
        sinks.close();

        assertThat(fileHas(42)).isTrue();
        sinks.close();
    }

    @Test
    void fileInTheTrailItselfIsRefusedAtTheStart() {
        assertThatThrownBy(() -> start(Duration.ofSeconds(1), "file:" + trail.resolve("notes")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("lies in the trail's own folder: expected a file elsewhere");
    }

    @Test
    void noPlaceNeedsNoThread() throws Exception {
        try (CheckpointSinks sinks =
                CheckpointSinks.start(SinkOptions.NONE, trail, log, DeliveryMeter.NONE, Clock.systemUTC())) {
            publish(sinks, 3);

            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("certrail-sink-file"));
        }
    }
}
