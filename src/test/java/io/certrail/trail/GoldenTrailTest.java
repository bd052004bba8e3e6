package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.FixedKeys;
import io.certrail.tlog.KeyChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trails of every format that there was stay readable, and what is made of their lines stays the same to the byte. */
final class GoldenTrailTest {
    /** Of format 1: 344 lines. */
    private static final String ROOT = "CUmRII3rpTfcefXr+y5fuUfdbvwr+TOMTe606z8aMBU=";

    private final Path golden = Path.of("src/test/resources/io/certrail/trail/format-1");

    @TempDir
    Path folder;

    private Path copy;

    @BeforeEach
    void copy() throws IOException {
        copy = folder.resolve("trail");
        GoldenTrail.copy(GoldenTrail.files(golden), copy);
    }

    @Test
    void trailThatIsMadeTodayIsTheSameToTheByte() throws IOException {
        Path today = folder.resolve("today");
        GoldenTrail.make(today);
        Map<String, byte[]> made = GoldenTrail.files(today);
        Map<String, byte[]> expected = GoldenTrail.files(golden);
        assertThat(made.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(made.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void trailOfFormatOneIsReadAndGoneOnWith() throws IOException {
        EvidenceFixture trail = GoldenTrail.in(copy);
        assertThat(trail.newest().size()).isEqualTo(344);
        assertThat(trail.newest().root()).hasToString(ROOT);
        assertThatEvidence(trail).isComplete();
        trail.live("boot-3", 5);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void trailFromBeforeCheckpointsHasTheSameRoot() throws IOException {
        Path old = folder.resolve("old");
        Map<String, byte[]> lines = GoldenTrail.files(golden);
        lines.keySet().removeIf(name -> !name.startsWith("entries/"));
        GoldenTrail.copy(lines, old);
        EvidenceFixture trail = GoldenTrail.in(old);
        trail.live("boot-3", 5);
        assertThat(trail.published.get(0).root()).hasToString(ROOT);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void checkpointsOfFormatOneAreOpenedWithItsPublicKeyAlone() throws IOException {
        KeyChain key = KeyChain.of(FixedKeys.of(GoldenTrail.ORIGIN, 7).verifierKey());
        byte[] note = CheckpointHistory.of(TrailFiles.onDisk(), golden).newest().orElseThrow();
        CheckpointCounts counts =
                key.open(note).accepted().flatMap(CheckpointCounts::of).orElseThrow();
        assertThat(counts.cause()).isEqualTo(CheckpointCause.STOP);
        assertThat(counts.recordsNamed("http.request")).isEqualTo(226);
    }
}
