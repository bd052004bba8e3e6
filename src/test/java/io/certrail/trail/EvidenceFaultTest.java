package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fails while the tree grows: recording goes on where it can, and the evidence is whole afterwards. */
final class EvidenceFaultTest {
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

    @Test
    void diskThatIsFullAtTheStartIsGoneOnWithWhenItIsNot() throws IOException {
        EvidenceFixture trail = new EvidenceFixture(folder);
        trail.live("boot-1", 10);
        AtomicBoolean full = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();
        FaultyFiles files = new FaultyFiles(call -> full.get() && reads.incrementAndGet() > 60, false);
        full.set(true);
        try (Trail open = trail.files(files).open("boot-2")) {
            full.set(false);
            append(open, 10);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0);
        } catch (IOException e) {
            assertThat(e.getMessage()).contains("injected");
        }
        trail.files(TrailFiles.onDisk()).live("boot-3", 1);
        assertThatEvidence(trail).hasAllTiles();
    }

    private static void append(Trail trail, int records) {
        for (int i = 0; i < records; i++) {
            byte[] line = RecordChronicle.line("boot-1", "http.request", "success", "record " + i);
            trail.append(line, line.length, i % 20 == 19 ? Wait.DURABLE : Wait.NONE)
                    .await(i % 20 == 19 ? EvidenceFixture.LONG : Duration.ZERO);
        }
    }
}
