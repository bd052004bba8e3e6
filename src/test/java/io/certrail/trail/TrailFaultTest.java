package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fault at each call to the file layer in turn; after each, what was promised holds. */
final class TrailFaultTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ENTRIES = 12;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneFaultAtEachCallInTurn(boolean partly) throws IOException {
        inTurn(at -> n -> n == at, partly, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void faultsInARowAtEachCallInTurn(boolean partly) throws IOException {
        inTurn(at -> n -> n >= at && n < at + 7, partly, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void powerLossAtEachCallInTurn(boolean partly) throws IOException {
        inTurn(at -> n -> n >= at, partly, false);
    }

    private void inTurn(IntFunction<IntPredicate> plan, boolean partly, boolean exact) throws IOException {
        int at = 0;
        while (new Workload(folder.resolve("at" + at), plan.apply(at), partly).run(exact) > at) {
            at++;
        }
        assertThat(at).isGreaterThan(60);
    }

    @Test
    void everythingIsRecordedWithoutFaults() throws IOException {
        Workload workload = new Workload(folder, n -> false, false);
        workload.run(true);
        assertThat(workload.acknowledged).hasSize(ENTRIES);
    }

    private static final class Workload {
        private final Path folder;
        private final FaultyFiles files;
        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();

        Workload(Path folder, IntPredicate fails, boolean partly) {
            this.folder = folder;
            this.files = new FaultyFiles(fails, partly);
        }

        /** @param exact whether what was lost must not be found on disk: so unless the disk fails time and again */
        int run(boolean exact) throws IOException {
            makeTornTrail();
            try {
                Trail trail = open(files);
                try (trail) {
                    appendAll(trail);
                }
                check(trail, exact);
            } catch (IOException e) {
                assertThat(e).hasStackTraceContaining("injected");
            }
            files.losePower();
            try (Trail trail = open(TrailFiles.onDisk())) {
                assertThat(append(trail, "after", Wait.DURABLE).await(LONG)).isTrue();
            }
            List<String> lines = TrailAssert.lines(folder);
            acknowledged.forEach(id -> assertOnce(lines, id));
            return files.calls();
        }

        private void makeTornTrail() throws IOException {
            open(TrailFiles.onDisk()).close();
            Path segment =
                    TrailFiles.onDisk().list(folder.resolve("entries")).get(0).file();
            Files.writeString(segment, "{\"event\":\"torn", StandardOpenOption.APPEND);
        }

        private void appendAll(Trail trail) {
            for (int i = 0; i < ENTRIES; i++) {
                String id = "entry-" + i + "-";
                boolean waits = i % 2 == 0;
                Ticket ticket = append(trail, id + "x".repeat(150), waits ? Wait.DURABLE : Wait.NONE);
                if (ticket.await(waits ? LONG : Duration.ofMillis(5))) {
                    acknowledged.add(id);
                } else if (ticket.isLost()) {
                    lost.add(id);
                }
            }
        }

        private void check(Trail trail, boolean exact) {
            TrailCounts counts = trail.counts();
            assertThat(counts.queued()).isZero();
            assertThat(counts.lost()).isGreaterThanOrEqualTo(lost.size());
            List<String> lines = TrailAssert.lines(folder);
            assertThat(lines.size() - 2L).isGreaterThanOrEqualTo(counts.recorded());
            if (exact) {
                assertThat(lines.size() - 2L).isEqualTo(counts.recorded());
                assertThat(counts.lost()).isEqualTo(lost.size());
                lost.forEach(id -> assertThat(lines).noneMatch(line -> line.contains(id)));
                boolean gap = lines.stream().anyMatch(line -> line.contains("audit.gap"));
                assertThat(gap).isEqualTo(counts.lost() > 0);
            }
            acknowledged.forEach(id -> assertOnce(lines, id));
        }

        private static void assertOnce(List<String> lines, String id) {
            assertThat(lines.stream().filter(line -> line.contains(id)).count())
                    .as(id)
                    .isEqualTo(1);
        }

        private Trail open(TrailFiles layer) throws IOException {
            TrailOptions options = new TrailOptions(
                    folder,
                    1024,
                    Duration.ofDays(1),
                    1000,
                    1 << 20,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMillis(2),
                    Retention.ALL,
                    64 << 10);
            return Trail.open(options, layer, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
        }

        private static Ticket append(Trail trail, String detail, Wait wait) {
            byte[] line = PlainChronicle.line("test", detail);
            return trail.append(line, line.length, wait);
        }
    }
}
