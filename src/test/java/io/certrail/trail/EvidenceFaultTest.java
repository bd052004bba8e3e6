package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails while the tree grows: recording goes on where it can, and the evidence is whole afterwards. */
final class EvidenceFaultTest {
    private static final Set<String> NEEDS_ROOM = Set.of("create", "createPrivate", "createFolder", "write");

    @TempDir
    Path folder;

    /** The calls of writer and integrator come in any order: so each run meets another mixture of faults. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void singleFaultAnywhereLeavesEvidenceThatIsWhole(boolean partly) throws IOException {
        int met = 0;
        for (int at = 0; at < 120; at += 3) {
            Path trailFolder = folder.resolve(partly + "-" + at);
            int faulty = at;
            FaultyFiles files = new FaultyFiles(call -> call == faulty, partly);
            EvidenceFixture trail = new EvidenceFixture(trailFolder).segmentBytes(4096);
            try (Trail open = trail.files(files).open("boot-1")) {
                append(open, 40);
                met += files.calls() > at ? 1 : 0;
            } catch (IOException e) {
                assertThat(e.getMessage()).contains("injected");
            }
            trail.files(TrailFiles.onDisk()).live("boot-2", 5);
            assertThatEvidence(trail).hasAllTiles();
        }
        assertThat(met).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 90, 150, 220, 400})
    void powerCutLeavesATrailThatOpens(int at) throws IOException {
        AtomicBoolean cut = new AtomicBoolean();
        FaultyFiles files = new FaultyFiles(call -> cut.get() || call >= at, true);
        EvidenceFixture trail = new EvidenceFixture(folder).segmentBytes(4096);
        try (Trail open = trail.files(files).open("boot-1")) {
            append(open, 300);
            cut.set(true);
        } catch (IOException e) {
            assertThat(e.getMessage()).contains("injected");
        }
        files.losePower();
        trail.files(TrailFiles.onDisk()).live("boot-2", 5);
        assertThatEvidence(trail).hasAllTiles();
    }

    /** Records and evidence stop, and both go on: all is in a signed checkpoint before the trail is closed or opened again. */
    @Test
    void diskThatIsFullForAWhileIsCaughtUpWithBeforeTheEnd() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        EvidenceFixture trail = new EvidenceFixture(folder).segmentBytes(4096).files(full(full, folder));
        try (Trail open = trail.open("boot-1")) {
            append(open, 100);
            TrailAssert.awaitSealed(open);
            full.set(true);
            append(open, 60);
            EvidenceFixture.await(() -> !open.status().isWriting());
            assertThat(trail.newest().size()).isLessThan(101 + 60);
            full.set(false);
            EvidenceFixture.await(() -> open.status().isWriting());
            append(open, 60);
            TrailAssert.awaitSealed(open);
            assertThat(trail.newest().size()).isEqualTo(open.nextSequence()).isGreaterThan(101 + 60);
            assertThatEvidence(trail).coversAllLines();
        }
        assertThatEvidence(trail).hasAllTiles();
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("audit.gap"));
    }

    /** There is room for records and none for the evidence: recording goes on, the lag is told and made up for. */
    @ParameterizedTest
    @ValueSource(strings = {"tile", "checkpoint", "checkpoints"})
    void evidenceThatFindsNoRoomIsCaughtUpWithBeforeTheEnd(String where) throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        AtomicInteger failed = new AtomicInteger();
        EvidenceFixture trail = new EvidenceFixture(folder)
                .segmentBytes(4096)
                .files(full(full, folder.resolve(where)))
                .meter(counting(failed));
        try (Trail open = trail.open("boot-1")) {
            append(open, 100);
            TrailAssert.awaitSealed(open);
            assertThat(failed).hasValue(0);
            full.set(true);
            append(open, 700); // more than a tile
            EvidenceFixture.await(() -> failed.get() >= 3);
            assertThat(open.status().isWriting()).isTrue();
            assertThat(open.counts().lost()).isZero();
            assertThat(open.checkpoint().orElseThrow().behind()).isPositive();
            full.set(false);
            TrailAssert.awaitSealed(open);
            assertThat(trail.newest().size()).isEqualTo(801);
            assertThatEvidence(trail).coversAllLines();
        }
        assertThatEvidence(trail).hasAllTiles();
    }

    /** The last life left lines that no checkpoint holds; this one begins on a full disk. */
    @Test
    void diskThatIsFullAtTheStartKeepsNothingFromOpening() throws IOException {
        AtomicBoolean full = new AtomicBoolean();
        EvidenceFixture trail = new EvidenceFixture(folder).segmentBytes(4096).files(full(full, folder));
        trail.live("boot-1", 10);
        try (Trail plain = Trail.open(
                trail.options(), TrailFiles.onDisk(), Clock.systemUTC(), new RecordChronicle("b"), TrailMeter.NONE)) {
            EvidenceFixture.append(plain, "b", 300);
        }
        full.set(true);
        try (Trail open = trail.open("boot-2")) {
            EvidenceFixture.await(() -> !open.status().isWriting());
            assertThat(open.checkpoint().orElseThrow().size()).isEqualTo(12);
            full.set(false);
            append(open, 10);
            EvidenceFixture.await(() -> open.status().isWriting());
            append(open, 10);
            TrailAssert.awaitSealed(open);
            assertThat(trail.newest().size()).isEqualTo(open.nextSequence()).isGreaterThan(12 + 302);
            assertThatEvidence(trail).coversAllLines();
        }
        assertThatEvidence(trail).hasAllTiles();
    }

    /** Whatever needs room, below a path or a file of that name, fails. */
    private static FaultyFiles full(AtomicBoolean full, Path where) {
        return FaultyFiles.where(
                (call, file) ->
                        full.get() && NEEDS_ROOM.contains(call) && !Files.isDirectory(file) && isBelow(file, where),
                "No space left on device");
    }

    private static boolean isBelow(Path file, Path where) {
        Path absolute = file.toAbsolutePath();
        return absolute.startsWith(where) || absolute.equals(where.resolveSibling(where.getFileName() + ".new"));
    }

    private static CheckpointMeter counting(AtomicInteger failed) {
        return new CheckpointMeter() {
            @Override
            public void failed() {
                failed.incrementAndGet();
            }
        };
    }

    private static void append(Trail trail, int records) {
        for (int i = 0; i < records; i++) {
            byte[] line = RecordChronicle.line("boot-1", "http.request", "success", "record " + i);
            trail.append(line, line.length, i % 20 == 19 ? Wait.DURABLE : Wait.NONE)
                    .await(i % 20 == 19 ? EvidenceFixture.LONG : Duration.ZERO);
        }
    }
}
