package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification that begins later: three starts, one an hour. */
final class SinceTest {
    private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path folder;

    /** How many records there were after each start. */
    private final long[] sizes = new long[3];

    @BeforeEach
    void record() throws IOException {
        SettableClock clock = new SettableClock(BEGIN);
        for (int start = 0; start < sizes.length; start++) {
            String boot = Recorder.newBootId();
            Trail trail = SampleTrail.open(folder, boot, 8192, Retention.ALL, clock);
            try (trail) {
                Recorder recorder = SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, clock);
                for (int i = 0; i < 40; i++) {
                    SampleTrail.connection(recorder, i);
                }
            }
            sizes[start] = trail.nextSequence();
            clock.move(Duration.ofHours(1));
        }
    }

    @Test
    void timeMeansTheLastCheckpointBeforeIt() throws IOException {
        assertThat(since(BEGIN.plusSeconds(5400)).first()).isEqualTo(sizes[1]);
        assertThat(since(BEGIN.plusSeconds(3600)).first()).isEqualTo(sizes[1]);
        assertThat(since(BEGIN.plusSeconds(3599)).first()).isEqualTo(sizes[0]);
        assertThat(since(BEGIN.minusSeconds(1)).first()).isZero();
        assertThat(since(BEGIN.plusSeconds(90_000)).records()).isZero();
    }

    @Test
    void everyFirstRecordGivesAGoodReport() throws IOException {
        for (long first = 0; first <= sizes[2]; first += 7) {
            Report report = since(first);
            assertThat(report.findings())
                    .as("since " + first)
                    .extracting(Finding::kind)
                    .containsExactly(FindingKind.VOUCHES_FOR_ITSELF);
            assertThat(report.first()).isEqualTo(first);
            assertThat(report.records()).isEqualTo(sizes[2] - first);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void changeIsFoundUnlessItIsBefore(boolean before) throws IOException {
        List<Path> segments = segments();
        Path changed = segments.get(before ? 0 : segments.size() - 2);
        Files.writeString(changed, Files.readString(changed).replaceFirst("/orders/1", "/orders/2"));

        assertThat(since(sizes[1]).isGood()).isEqualTo(before);
        assertThat(since(0).counts()).containsKey(FindingKind.RECORD_CHANGED);
    }

    /** What is before is taken from the tiles: these have to be those of the signed root. */
    @Test
    void tilesOfWhatIsBeforeMustBeRight() throws IOException {
        Path tile;
        try (Stream<Path> partial = Files.list(folder.resolve("tile/0/001.p"))) {
            tile = partial.max(Comparator.comparing(file -> Integer.valueOf(String.valueOf(file.getFileName()))))
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);

        assertThat(since(sizes[1]).holds(Verdict.INTACT)).isFalse();
    }

    @Test
    void numberBeyondTheEndIsNothingToSay() throws IOException {
        assertThatThrownBy(() -> since(sizes[2] + 1))
                .isInstanceOf(IOException.class)
                .hasMessage("From record " + (sizes[2] + 1)
                        + " on there is nothing to verify yet: the newest checkpoint is of " + sizes[2] + " records");
        assertThat(since(sizes[2]).records()).isZero();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    private Report since(long size) throws IOException {
        return verify(VerifyOptions.of(null).since(size));
    }

    private Report since(Instant time) throws IOException {
        return verify(VerifyOptions.of(null).since(time));
    }

    private Report verify(VerifyOptions options) throws IOException {
        return new Verifier(TrailFiles.onDisk(), options.threads(1)).verify(folder, Progress.NONE);
    }
}
