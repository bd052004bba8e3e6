package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Random schedules of producers, faults and small queues. */
final class TrailScheduleTest {
    private static final Pattern GAP = Pattern.compile("\"detail\":\"([0-9]+) lost");

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void recordedAndLostIsSeenAndEverythingLostIsTold(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int producers,
            @ForAll @IntRange(min = 1, max = 300) int queue,
            @ForAll @IntRange(max = 12) int faultsInHundred)
            throws Exception {
        Path folder = Files.createTempDirectory("trail");
        try {
            new Schedule(folder, seed, producers, queue, faultsInHundred).run();
        } finally {
            delete(folder);
        }
    }

    private static final class Schedule {
        private static final int EACH = 150;

        private final Path folder;
        private final long seed;
        private final int producers;
        private final int queue;
        private final AtomicBoolean faulty = new AtomicBoolean();
        private final FaultyFiles files;
        private final Collection<String> acknowledged = new ConcurrentLinkedQueue<>();
        private final Collection<String> lost = new ConcurrentLinkedQueue<>();
        private final AtomicLong appended = new AtomicLong();

        Schedule(Path folder, long seed, int producers, int queue, int faultsInHundred) {
            this.folder = folder;
            this.seed = seed;
            this.producers = producers;
            this.queue = queue;
            Random random = new Random(seed);
            this.files = new FaultyFiles(n -> faulty.get() && random.nextInt(100) < faultsInHundred, seed % 2 == 0);
        }

        void run() throws Exception {
            Trail trail = Trail.open(options(), files, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
            try (trail) {
                faulty.set(true);
                produce(trail);
                faulty.set(false);
                while (trail.counts().queued() > 0 || !trail.status().isWriting()) {
                    Thread.sleep(1);
                }
            }
            check(trail.counts());
        }

        private void produce(Trail trail) throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                int id = i;
                Thread thread = new Thread(() -> produce(trail, id));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                while (thread.isAlive()) {
                    trail.counts(); // checks itself
                    thread.join(1);
                }
            }
        }

        private void produce(Trail trail, int id) {
            Random random = new Random(seed + id);
            for (int n = 0; n < EACH; n++) {
                String detail = "p" + id + "n" + n + "." + "x".repeat(random.nextInt(100));
                boolean waits = random.nextInt(4) == 0;
                byte[] line = PlainChronicle.line("test", detail);
                Ticket ticket = trail.append(line, line.length, waits ? Wait.DURABLE : Wait.NONE);
                appended.incrementAndGet();
                String name = "\"" + detail.substring(0, detail.indexOf('.') + 1);
                if (waits && ticket.await(Duration.ofSeconds(20))) {
                    acknowledged.add(name);
                } else if (ticket.isLost()) {
                    lost.add(name);
                }
                if (ThreadLocalRandom.current().nextInt(20) == 0) {
                    Thread.yield();
                }
            }
        }

        private void check(TrailCounts counts) {
            List<String> lines = TrailAssert.lines(folder);
            assertThat(counts.queued()).isZero();
            assertThat(lines).hasSize((int) counts.recorded());
            long own = lines.stream().filter(line -> line.contains("\"audit.")).count();
            assertThat(counts.seen()).isEqualTo(appended.get() + own);
            assertThat(lines.stream().mapToLong(Schedule::told).sum()).isEqualTo(counts.lost());
            assertThat(counts.lost()).isEqualTo(lost.size());
            Set<String> names = new HashSet<>();
            lines.forEach(line ->
                    names.add(line.substring(line.indexOf("\"detail\":") + 9).split("(?<=\\.)", 2)[0]));
            assertThat(names)
                    .containsAll(acknowledged)
                    .doesNotContainAnyElementsOf(lost.isEmpty() ? List.of("-") : lost);
        }

        private static long told(String line) {
            Matcher gap = GAP.matcher(line);
            return gap.find() ? Long.parseLong(gap.group(1)) : 0;
        }

        private TrailOptions options() {
            return new TrailOptions(
                    folder,
                    1500,
                    Duration.ofDays(1),
                    queue,
                    1 << 20,
                    Duration.ofMillis(1),
                    Duration.ofMillis(2),
                    Duration.ofMillis(1),
                    Retention.ALL,
                    64 << 10);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
