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
