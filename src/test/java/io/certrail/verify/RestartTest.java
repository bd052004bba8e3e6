package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.trail.Retention;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestartTest {
    private static final int STARTS = 1000;

    @TempDir
    Path folder;

    /** On real files; each hundredth start finds a torn end. */
    @Test
    void thousandStartsLeaveATrailThatIsIntactAndComplete() throws IOException {
        for (int start = 1; start <= STARTS; start++) {
            SampleTrail.live(folder, 1, 60_000, Retention.ALL, Durability.NONE);
            if (start % 100 == 0 && start < STARTS) {
                List<Path> segments = files("entries");
                Files.writeString(segments.get(segments.size() - 1), "{\"to", StandardOpenOption.APPEND);
            }
        }
        Report report = new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null)).verify(folder, Progress.NONE);

        assertThat(report.isGood()).isTrue();
        assertThat(report.findings().stream().filter(each -> each.kind().severity() != Severity.INFORMATION))
                .isEmpty();
        assertThat(report.counts()).containsEntry(FindingKind.RECOVERED, STARTS / 100 - 1L);
        assertThat(report.records()).isEqualTo(STARTS * 6L + STARTS / 100 - 1);
        assertThat(report.size()).isEqualTo(report.records());
        assertThat(report.checkpoints()).as("start and stop").isGreaterThanOrEqualTo(2L * STARTS);
        assertThat(files("checkpoints")).hasSizeLessThan(10);
        assertThat(files("torn")).hasSize(STARTS / 100 - 1);
    }

    private List<Path> files(String name) throws IOException {
        Path there = folder.resolve(name);
        if (!Files.exists(there)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(there)) {
            return files.sorted().toList();
        }
    }
}
