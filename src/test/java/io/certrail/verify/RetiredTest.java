package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.FaultyFiles;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trails whose first segments retention deleted. */
final class RetiredTest {
    @TempDir
    Path folder;

    @BeforeEach
    void record() throws IOException {
        live(200);
        live(100);
    }

    /** So many connections, and more until retention has deleted something: it waits for checkpoints. */
    private void live(int connections) throws IOException {
        String boot = Recorder.newBootId();
        try (Trail trail = SampleTrail.open(folder, boot, 8192, new Retention(null, 60_000))) {
            Recorder recorder =
                    SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            for (int i = 0; i < connections || isWhole(); i++) {
                SampleTrail.connection(recorder, i);
                if (i >= connections) {
                    TrailAssert.awaitSealed(trail);
                }
            }
        }
    }

    private boolean isWhole() throws IOException {
        return segments().stream()
                .limit(1)
                .allMatch(first -> first.getFileName().toString().startsWith("00000000000000000000."));
    }

    @Test
    void whatRetentionDeletedIsInformationAndTheRestIsProved() throws IOException {
        Report report = verify(VerifyOptions.of(null));

        assertThat(report.first()).isPositive();
        assertThat(report.holds(Verdict.INTACT)).isTrue();
        assertThat(report.holds(Verdict.COMPLETE)).isTrue();
        assertThat(report.counts()).containsEntry(FindingKind.RETIRED, 1L);
        assertThat(report.findings()).allMatch(finding -> finding.kind().severity() == Severity.INFORMATION);
        assertThat(report.size()).isEqualTo(report.first() + report.records());
    }

    @Test
    void oneSegmentMoreThanRetentionToldIsMissing() throws IOException {
        Files.delete(segments().get(0));
        Report report = verify(VerifyOptions.of(null));

        assertThat(report.holds(Verdict.INTACT)).isFalse();
        assertThat(report.counts()).containsKey(FindingKind.RECORD_MISSING);
    }

    /** Retention goes on while the segments are listed and not read yet. */
    @Test
    void verificationBeginsAnewWhereItsFirstSegmentIsGone() throws IOException {
        Path first = segments().get(0);
        String second = segments().get(1).getFileName().toString();
        TrailFiles files = FaultyFiles.deletedBeforeRead(first);

        Report report = new Verifier(files, VerifyOptions.of(null)).verify(folder, Progress.NONE);

        assertThat(report.first()).isEqualTo(Long.parseLong(second.substring(0, 20)));
        assertThat(report.counts()).doesNotContainKeys(FindingKind.RECORD_CHANGED, FindingKind.ROOT_DIFFERS);
    }

    /** As checkpoints are deleted with the records that they were of. */
    @Test
    void verificationBeginsAnewWhereTheFirstCheckpointsAreGone() throws IOException {
        Path checkpoints = folder.resolve("checkpoints");
        List<TrailFiles.Listed> history = TrailFiles.onDisk().list(checkpoints);
        Path later = checkpoints.resolve("00000000000000000001.notes");
        Files.move(history.get(0).file(), later, StandardCopyOption.REPLACE_EXISTING);
        Path earlier = Files.copy(later, checkpoints.resolve("00000000000000000000.notes"));
        TrailFiles files = FaultyFiles.deletedBeforeRead(earlier);

        Report report = new Verifier(files, VerifyOptions.of(null)).verify(folder, Progress.NONE);

        assertThat(report.holds(Verdict.INTACT)).isTrue();
        assertThat(earlier).doesNotExist();
    }

    @Test
    void changedRecordIsFoundThoughTheFirstOnesAreGone() throws IOException {
        Path segment = segments().get(1);
        Files.writeString(segment, Files.readString(segment).replaceFirst("/orders/1", "/orders/2"));

        assertThat(verify(VerifyOptions.of(null)).counts()).containsKey(FindingKind.RECORD_CHANGED);
    }

    @Test
    void sinceWithinWhatIsLeftNeedsNothingOfWhatIsGone() throws IOException {
        long first = verify(VerifyOptions.of(null)).first();
        Report report = verify(VerifyOptions.of(null).since(first + 20));

        assertThat(report.isGood()).isTrue();
        assertThat(report.first()).isEqualTo(first + 20);
        assertThat(verify(VerifyOptions.of(null).since(1)).first()).isEqualTo(first);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    private Report verify(VerifyOptions options) throws IOException {
        return new Verifier(TrailFiles.onDisk(), options).verify(folder, Progress.NONE);
    }
}
