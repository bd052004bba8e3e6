package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import io.certrail.recorder.TrailChronicle;
import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.KeyChain;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.VerifierKey;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.FaultyFiles;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost, beside what checkpoints count. */
final class LossTest {
    private static final int CONNECTIONS = 50;

    @TempDir
    Path folder;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean exhausted = new AtomicBoolean();

    /** The queue is full, and there is no memory to say so. */
    @Test
    void whatIsLostForWantOfMemoryIsCountedOnce() throws IOException {
        Trail trail = open("boot-1", new FaultyFiles(call -> broken.get(), false));
        try (trail) {
            TrailAssert.awaitLines(folder, 1);
            Recorder recorder =
                    SampleTrail.recorder(trail, "boot-1", Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            broken.set(true);
            exhausted.set(true);
            for (int i = 0; i < CONNECTIONS; i++) {
                SampleTrail.connection(recorder, i);
            }
            exhausted.set(false);
            broken.set(false);
            recorder.close();
        }
        TrailCounts counts = trail.counts();
        assertThat(counts.queued()).isZero();
        assertThat(counts.lost()).isGreaterThan(CONNECTIONS);
        Report report = verify();
        assertThat(report.counts().keySet()).containsOnly(FindingKind.DECLARED_LOSS, FindingKind.VOUCHES_FOR_ITSELF);
        assertThat(report.findings())
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.startsWith(counts.lost() + " from ") && detail.endsWith(": queue full"))
                .anyMatch(detail -> detail.startsWith(counts.lost() + " records of boot "));
    }

    /** There is no memory for the end of a request, which is counted as seen from its beginning. */
    @Test
    void requestWhoseEndCannotBeMadeIsLostOnce() throws IOException {
        Trail trail = open("boot-1", TrailFiles.onDisk());
        try (trail) {
            Recorder recorder = SampleTrail.recorder(
                    trail, "boot-1", Durability.ANSWER, FloodOptions.UNLIMITED, clock(Thread.currentThread()));
            RequestInFlight first = SampleTrail.request(recorder, 1);
            RequestInFlight second = SampleTrail.request(recorder, 2);
            exhausted.set(true);
            first.close();
            assertThat(second.closeBeforeAnswer()).isTrue(); // whoever is to continue does
            exhausted.set(false);
            first.close();
            SampleTrail.request(recorder, 3).close();
            recorder.close();
        }
        Report report = verify();
        assertThat(report.counts().keySet()).containsOnly(FindingKind.DECLARED_LOSS, FindingKind.VOUCHES_FOR_ITSELF);
    }

    /** As on a disk that is full all the time, but for small files. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void lifeThatCouldRecordNothingIsNoFaultAndWhatItLostIsDeclared(int connections) throws IOException {
        SampleTrail.live(folder, 1);
        Trail trail =
                open("boot-2", FaultyFiles.where((call, file) -> isOfALine(call, file), "No space left on device"));
        try (trail) {
            Recorder recorder =
                    SampleTrail.recorder(trail, "boot-2", Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            for (int i = 0; i < connections; i++) {
                SampleTrail.connection(recorder, i);
            }
        }
        assertThat(trail.counts().recorded()).isZero();
        assertThat(trail.counts().lost()).isEqualTo(4L * connections);
        assertLossIsDeclared(connections);
        SampleTrail.live(folder, 1);
        assertLossIsDeclared(connections);
    }

    /** On a disk that was full at the start, the gap stands behind the record of the start. */
    @Test
    void lossBeforeTheFirstRecordIsToldBehindTheStart() throws IOException {
        SampleTrail.live(folder, 1);
        broken.set(true);
        try (Trail trail = open(
                "boot-2", FaultyFiles.where((call, file) -> broken.get() && isOfALine(call, file), "No space left"))) {
            while (trail.status().isWriting()) {
                Thread.onSpinWait();
            }
            Recorder recorder =
                    SampleTrail.recorder(trail, "boot-2", Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
            for (int i = 0; i < 5; i++) {
                SampleTrail.connection(recorder, i);
            }
            broken.set(false);
        }
        assertThat(verify().counts().keySet()).containsOnly(FindingKind.DECLARED_LOSS, FindingKind.VOUCHES_FOR_ITSELF);
    }

    private static boolean isOfALine(String call, Path file) {
        return call.startsWith("w")
                && (file.toString().contains("entries") || file.toString().contains("wal"));
    }

    private void assertLossIsDeclared(int connections) throws IOException {
        Report report = verify();
        assertThat(report.counts().keySet()).isSubsetOf(FindingKind.DECLARED_LOSS, FindingKind.VOUCHES_FOR_ITSELF);
        assertThat(report.findings())
                .filteredOn(finding -> finding.kind() == FindingKind.DECLARED_LOSS)
                .extracting(Finding::detail)
                .containsExactlyElementsOf(
                        connections == 0
                                ? List.of()
                                : List.of(4 * connections + " records of boot boot-2, which has no record yet"));
    }

    /** Signed with the trail's key, of a boot that did not begin there. */
    @Test
    void checkpointOfABootThatDidNotBeginThereIsFound() throws IOException {
        SampleTrail.live(folder, 1);
        Checkpoint newest = KeyChain.of(VerifierKey.parse(
                        Files.readString(folder.resolve("key.pub")).strip()))
                .open(Files.readAllBytes(folder.resolve("checkpoint")))
                .accepted()
                .orElseThrow();
        List<String> counts = newest.extensions().stream()
                .map(line ->
                        line.replaceFirst(" boot=[^ ]*", " boot=other").replaceAll("(succeeded|ended)=[0-9]+", "$1=0"))
                .toList();
        SignerKey key = SignerKey.parse(Files.readString(folder.resolve("key")).strip());
        Checkpoint other = new Checkpoint(newest.origin(), newest.size(), newest.root(), counts);
        Files.write(folder.resolve("checkpoint"), other.sign(key).bytes());

        assertThat(verify().findings())
                .filteredOn(finding -> finding.kind() == FindingKind.COUNTS_DIFFER)
                .extracting(Finding::detail)
                .containsExactly("of boot other, which has no record yet");
    }

    private Report verify() throws IOException {
        return new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null)).verify(folder, Progress.NONE);
    }

    private Trail open(String boot, TrailFiles files) throws IOException {
        TrailOptions usual = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                usual.segmentBytes(),
                usual.segmentAge(),
                8,
                usual.queueBytes(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(20),
                usual.retention(),
                usual.walBytes());
        CheckpointOptions checkpoints =
                new CheckpointOptions(Duration.ofMillis(5), Duration.ofHours(1), null, SampleTrail.ORIGIN);
        return Trail.open(
                options,
                files,
                clock(Thread.currentThread()),
                new TrailChronicle(boot, List.of()),
                TrailMeter.NONE,
                new Checkpointing(checkpoints, boot, (checkpoint, note) -> {}, CheckpointMeter.NONE));
    }

    /** @param producer has no memory for an instant */
    private Clock clock(Thread producer) {
        InstantSource source = () -> {
            if (exhausted.get() && Thread.currentThread() == producer) {
                throw new OutOfMemoryError("injected");
            }
            return Instant.now();
        };
        return source.withZone(ZoneOffset.UTC);
    }
}
