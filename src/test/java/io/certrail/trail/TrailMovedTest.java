package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is moved while its trail is open. On real files. */
final class TrailMovedTest {
    @TempDir
    Path parent;

    @Test
    void folderThatIsMovedAndMovedBackBeforeAnythingIsWrittenIsWrittenOn() throws IOException {
        Path folder = parent.resolve("trail");
        EvidenceFixture trail = new EvidenceFixture(folder).segmentBytes(4096);
        List<String> acknowledged = new ArrayList<>();
        try (Trail open = trail.open("boot-1")) {
            append(open, "before", acknowledged);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0);
            Files.move(folder, parent.resolve("moved"));
            Files.move(parent.resolve("moved"), folder);
            append(open, "after", acknowledged);
            assertThat(open.status().isWriting()).isTrue();
        }
        assertThat(acknowledged).hasSize(40);
        assertThat(TrailAssert.lines(folder)).hasSize(42).noneMatch(line -> line.contains("audit.gap"));
        assertThatEvidence(trail).hasAllTiles();
    }

    /**
     * What was written meanwhile lies in a folder that the writer made anew. Put together, both are the whole trail: nothing
     * that was acknowledged is lost, and all that was lost is told.
     */
    @Test
    void whatIsWrittenWhileTheFolderIsElsewhereCanBePutTogether() throws IOException {
        Path folder = parent.resolve("trail");
        Path moved = parent.resolve("moved");
        Path meanwhile = parent.resolve("meanwhile");
        EvidenceFixture trail = new EvidenceFixture(folder).segmentBytes(4096);
        List<String> acknowledged = new ArrayList<>();
        Trail open = trail.open("boot-1");
        try (open) {
            append(open, "before", acknowledged);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0);
            Files.move(folder, moved);
            append(open, "meanwhile", acknowledged);
            EvidenceFixture.await(() -> open.status().isWriting());
            append(open, "meanwhile too", acknowledged);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0); // in the new folder, too
            Files.move(folder, meanwhile);
            Files.move(moved, folder);
            append(open, "after", acknowledged);
            EvidenceFixture.await(() -> open.status().isWriting());
            append(open, "after that", acknowledged);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().behind() == 0);
        }
        for (TrailFiles.Listed segment : TrailFiles.onDisk().list(meanwhile.resolve("entries"))) {
            Files.copy(
                    segment.file(),
                    folder.resolve("entries").resolve(segment.file().getFileName()));
        }
        trail.live("boot-2", 5);
        List<String> lines = TrailAssert.lines(folder);

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(60);
        for (String id : acknowledged) {
            assertThat(lines)
                    .as(id)
                    .filteredOn(line -> line.contains("\"" + id + "\""))
                    .hasSize(1);
        }
        assertThat(lines).filteredOn(line -> line.contains("audit.gap")).hasSizeGreaterThanOrEqualTo(2);
        TrailCounts counts = open.counts();
        assertThat(counts.recorded() + counts.lost()).isEqualTo(counts.seen());
        assertThatEvidence(trail).hasAllTiles();
    }

    private static void append(Trail trail, String prefix, List<String> acknowledged) {
        for (int i = 0; i < 20; i++) {
            String id = prefix + " " + i;
            byte[] line = RecordChronicle.line("boot-1", "http.request", "success", id);
            if (trail.append(line, line.length, Wait.DURABLE).await(EvidenceFixture.LONG)) {
                acknowledged.add(id);
            }
        }
    }
}
