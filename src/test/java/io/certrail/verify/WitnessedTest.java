package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.SignedNote;
import io.certrail.tlog.TestWitness;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointHistory;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a witness cosigned lies in the trail itself, and is as good as a checkpoint that was kept elsewhere. */
class WitnessedTest {
    private final TestWitness witness = new TestWitness();

    @TempDir
    Path parent;

    private Path trail;
    private VerifierKey key;

    @BeforeEach
    void record() throws IOException {
        trail = parent.resolve("trail");
        SampleTrail.live(trail, 20);
        key = VerifierKey.parse(Files.readString(trail.resolve("key.pub")).strip());
        cosign(witness);
    }

    private VerifierKey witnessKey() {
        return VerifierKey.parse(witness.verifierKey());
    }

    private Path note() {
        return CheckpointHistory.cosigned(trail, witnessKey().id());
    }

    private String cosigned(TestWitness by, String note) {
        return note + by.cosignature(note.substring(0, note.indexOf("\n\n") + 1));
    }

    private void cosign(TestWitness by) throws IOException {
        Files.createDirectories(note().getParent());
        Files.writeString(note(), cosigned(by, Files.readString(trail.resolve("checkpoint"))));
    }

    private Report verify(VerifyOptions options) throws IOException {
        return new Verifier(TrailFiles.onDisk(), options.threads(1)).verify(trail, Progress.NONE);
    }

    private Report verify() throws IOException {
        return verify(VerifyOptions.of(key).witnesses(List.of(witnessKey())));
    }

    private static Set<FindingKind> kinds(Report report) {
        return new TreeSet<>(report.counts().keySet());
    }

    @Test
    void reportTellsWhatTheWitnessVouchesFor() throws IOException {
        long then = verify().size();
        SampleTrail.live(trail, 5);

        Report report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.witnessed()).hasSize(1);
        Witnessed witnessed = report.witnessed().get(0);
        assertThat(witnessed.witness()).isEqualTo(witnessKey().id().toString());
        assertThat(witnessed.size()).isEqualTo(then).isLessThan(report.size());
        assertThat(witnessed.time()).isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now());
    }

    @Test
    void checkpointThatWasKeptElsewhereMayBeTheCosignedOne() throws IOException {
        String kept = Files.readString(note());
        Files.delete(note());

        Report report = verify(VerifyOptions.of(key)
                .witnesses(List.of(witnessKey()))
                .outside(List.of(new VerifyOptions.Outside("kept", kept))));

        assertThat(report.findings()).isEmpty();
        assertThat(report.witnessed()).hasSize(1);
    }

    @Test
    void trailMadeAnewWithTheStolenKeyIsFoundWithoutACheckpointFromElsewhere() throws IOException {
        Path fresh = parent.resolve("fresh");
        Files.createDirectories(fresh);
        for (String each : List.of("key", "key.pub", "format", "witness")) {
            TrailCopy.copy(trail.resolve(each), fresh.resolve(each));
        }
        TrailCopy.delete(trail);
        TrailCopy.copy(fresh, trail);
        SampleTrail.live(trail, 21);

        assertThat(verify(VerifyOptions.of(key)).isGood())
                .as("with the key alone, as the control")
                .isTrue();
        assertThat(kinds(verify())).contains(FindingKind.ROOT_DIFFERS);
    }

    @Test
    void olderCopyIsFoundByTheNewerCosignature() throws IOException {
        Path older = parent.resolve("older");
        TrailCopy.copy(trail, older);
        SampleTrail.live(trail, 5);
        cosign(witness);
        byte[] cosigned = Files.readAllBytes(note());
        TrailCopy.delete(trail);
        TrailCopy.copy(older, trail);
        Files.write(note(), cosigned);

        assertThat(kinds(verify())).containsExactly(FindingKind.CHECKPOINT_AHEAD);
    }

    @Test
    void cosignatureThatIsGoneIsTold() throws IOException {
        Files.delete(note());

        Report report = verify();

        assertThat(kinds(report)).containsExactly(FindingKind.NOT_WITNESSED);
        assertThat(report.findings().get(0).detail()).contains(witnessKey().id().toString());
        assertThat(report.isGood()).isFalse();
        assertThat(report.holds(Verdict.INTACT)).isTrue();
        assertThat(report.witnessed()).isEmpty();
    }

    @Test
    void anotherWitnessDoesNotStandInForIt() throws IOException {
        cosign(new TestWitness());

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(FindingKind.CHECKPOINT_REJECTED, FindingKind.NOT_WITNESSED);
    }

    @Test
    void noteThatNobodyCosignedIsRejected() throws IOException {
        Files.copy(trail.resolve("checkpoint"), parent.resolve("plain"));
        Files.move(parent.resolve("plain"), note(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(FindingKind.CHECKPOINT_REJECTED, FindingKind.NOT_WITNESSED);
    }

    @Test
    void folderInPlaceOfTheNoteHidesNothingElse() throws IOException {
        Files.delete(note());
        Files.createDirectory(note());
        changeARecord();

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(
                        FindingKind.RECORD_CHANGED, FindingKind.CHECKPOINT_REJECTED, FindingKind.NOT_WITNESSED);
    }

    @Test
    void noteThatIsTooLongHidesNothingElse() throws IOException {
        Files.write(note(), new byte[SignedNote.MAX_LENGTH + 1]);
        changeARecord();

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(
                        FindingKind.RECORD_CHANGED, FindingKind.CHECKPOINT_REJECTED, FindingKind.NOT_WITNESSED);
    }

    @Test
    void newestCheckpointThatIsTooLongHidesNothingElse() throws IOException {
        Files.write(trail.resolve("checkpoint"), new byte[SignedNote.MAX_LENGTH + 1]);
        changeARecord();

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(FindingKind.RECORD_CHANGED, FindingKind.CHECKPOINT_MISSING);
    }

    @Test
    void rotationThatIsTooLongHidesNothingElse() throws IOException {
        Files.createDirectories(trail.resolve("keys"));
        Files.write(trail.resolve("keys/000001.note"), new byte[SignedNote.MAX_LENGTH + 1]);
        changeARecord();

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(FindingKind.RECORD_CHANGED, FindingKind.KEY_ROTATION_REJECTED);
    }

    private void changeARecord() throws IOException {
        Path file = trail.resolve("entries/00000000000000000000.jsonl");
        String text = Files.readString(file);
        assertThat(text).contains("/orders/1");
        Files.writeString(file, text.replaceFirst("/orders/1", "/orders/2"));
    }

    @Test
    void cosignatureOfAnotherTextIsRejected() throws IOException {
        String note = Files.readString(note());
        SampleTrail.live(trail, 5);
        String newer = Files.readString(trail.resolve("checkpoint"));
        Files.writeString(note(), newer + note.substring(note.lastIndexOf("\u2014 ")));

        assertThat(kinds(verify()))
                .containsExactlyInAnyOrder(FindingKind.CHECKPOINT_REJECTED, FindingKind.NOT_WITNESSED);
    }

    @Test
    void uncosignedCheckpointFromElsewhereStillCounts() throws IOException {
        String kept = Files.readString(trail.resolve("checkpoint"));

        Report report = verify(VerifyOptions.of(key)
                .witnesses(List.of(witnessKey()))
                .outside(List.of(new VerifyOptions.Outside("kept", kept))));

        assertThat(report.findings()).isEmpty();
        assertThat(report.witnessed()).hasSize(1);
    }
}
