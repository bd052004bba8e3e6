package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What goes wrong at a call, and whether it goes on. */
    private enum Fault {
        EIO("Input/output error", false, 1, false),
        ENOSPC("No space left on device", false, 1, false),
        EROFS("Read-only file system", false, 1, false),
        HALF_A_WRITE("No space left on device", true, 1, false),
        SEVEN_IN_A_ROW("Input/output error", false, 7, false),
        CRASH("the process is gone", false, Integer.MAX_VALUE, false),
        CRASH_IN_A_WRITE("the process is gone", true, Integer.MAX_VALUE, false),
        POWER_CUT("the power is gone", false, Integer.MAX_VALUE, true),
        POWER_CUT_IN_A_WRITE("the power is gone", true, Integer.MAX_VALUE, true);

        private final String reason;
        private final boolean partly;
        private final int calls;
        private final boolean losesPower;

        Fault(String reason, boolean partly, int calls, boolean losesPower) {
            this.reason = reason;
            this.partly = partly;
            this.calls = calls;
            this.losesPower = losesPower;
        }

        FaultyFiles at(int call) {
            return new FaultyFiles(n -> n >= call && (long) n < (long) call + calls, partly, reason);
        }

        /** Whether what was lost must not be found on disk: so unless the disk fails time and again. */
        boolean isExact() {
            return calls == 1;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 64 << 10})
    void whateverHappensAtAnyCallWhatWasPromisedHolds(long walBytes) throws IOException {
        FaultTable table = new FaultTable();
        Path torn = tornTrail(walBytes);
        for (Fault fault : Fault.values()) {
            int at = -1;
            FaultyFiles files;
            do {
                at++;
                files = fault.at(at);
                Path copy = folder.resolve(fault + "-" + at);
                FolderSnapshot.copy(torn, copy);
                Workload workload = new Workload(copy, files, walBytes);
                String verdict = workload.run(fault.isExact(), fault.losesPower);
                table.add(files.name(at), fault.name(), verdict);
            } while (files.calls() > at);
            assertThat(at).isGreaterThan(60);
        }
        table.write(Path.of("target", "trail-faults", walBytes == 0 ? "without-log.md" : "with-log.md"));
    }

    @Test
    void everythingIsRecordedWithoutFaults() throws IOException {
        Workload workload = new Workload(tornTrail(64 << 10), well(), 64 << 10);
        assertThat(workload.run(true, false)).isEqualTo("nothing lost");
        assertThat(workload.acknowledged).hasSize(ENTRIES);
    }

    /** A disk without faults, which is not waited for either: nobody cuts its power. */
    private static FaultyFiles well() {
        return Fault.EIO.at(Integer.MAX_VALUE);
    }

    /** What each workload begins with. */
    private Path tornTrail(long walBytes) throws IOException {
        Path torn = folder.resolve("torn");
        new Workload(torn, well(), walBytes).open(well()).close();
        Path segment = TrailFiles.onDisk().list(torn.resolve("entries")).get(0).file();
        Files.writeString(segment, "{\"event\":\"torn", StandardOpenOption.APPEND);
        return torn;
    }

    private static final class Workload {
        private final Path folder;
        private final FaultyFiles files;
        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final long walBytes;

        Workload(Path folder, FaultyFiles files, long walBytes) {
            this.folder = folder;
            this.files = files;
            this.walBytes = walBytes;
        }

        /** What became of it, in words. */
        String run(boolean exact, boolean losesPower) throws IOException {
            String verdict;
            try {
                Trail trail = open(files);
                Map<String, Ticket> open;
                try (trail) {
                    open = appendAll(trail);
                }
                open.forEach(this::settled);
                check(trail, exact);
                verdict = lost.isEmpty() ? "nothing lost" : "lost and told";
            } catch (IOException e) {
                assertThat(e).hasStackTraceContaining("injected");
                verdict = "not opened until it was over";
            }
            if (losesPower) {
                files.losePower();
            }
            openAgain();
            return verdict;
        }

        /** The disk is well again: the trail opens, goes on, reads back whole, and has all that was acknowledged. */
        private void openAgain() throws IOException {
            try (Trail trail = open(well())) {
                assertThat(append(trail, "after", Wait.DURABLE).await(LONG)).isTrue();
            }
            List<String> lines = TrailAssert.lines(folder);
            acknowledged.forEach(id -> assertOnce(lines, id));
        }

        /** Tickets whose fate is not known yet. */
        private Map<String, Ticket> appendAll(Trail trail) {
            Map<String, Ticket> open = new LinkedHashMap<>();
            for (int i = 0; i < ENTRIES; i++) {
                String id = "entry-" + i + "-";
                boolean waits = i % 2 == 0;
                Ticket ticket = append(trail, id + "x".repeat(150), waits ? Wait.DURABLE : Wait.NONE);
                if (!ticket.await(waits ? LONG : Duration.ofMillis(5)) && !ticket.isLost()) {
                    open.put(id, ticket);
                } else {
                    settled(id, ticket);
                }
                if (i % 5 == 4) {
                    forceSegments(trail);
                }
            }
            return open;
        }

        private void settled(String id, Ticket ticket) {
            (ticket.await(Duration.ZERO) ? acknowledged : lost).add(id);
        }

        private static void forceSegments(Trail trail) {
            try {
                trail.forceSegments();
            } catch (IOException e) {
                assertThat(e).hasStackTraceContaining("injected");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private void check(Trail trail, boolean exact) {
            TrailCounts counts = trail.counts();
            assertThat(counts.queued()).isZero();
            assertThat(counts.lost()).isGreaterThanOrEqualTo(lost.size());
            List<String> lines = exact ? TrailAssert.lines(folder) : TrailAssert.durableLines(folder);
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

        Trail open(TrailFiles layer) throws IOException {
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
                    walBytes);
            return Trail.open(options, layer, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
        }

        private static Ticket append(Trail trail, String detail, Wait wait) {
            byte[] line = PlainChronicle.line("test", detail);
            return trail.append(line, line.length, wait);
        }
    }
}
