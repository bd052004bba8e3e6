package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.TrailChronicle;
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
        Trail trail = open("boot-1");
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
        Report report = new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null)).verify(folder, Progress.NONE);
        assertThat(report.counts().keySet()).containsOnly(FindingKind.DECLARED_LOSS, FindingKind.VOUCHES_FOR_ITSELF);
        assertThat(report.findings())
                .extracting(Finding::detail)
                .anyMatch(detail -> detail.startsWith(counts.lost() + " from ") && detail.endsWith(": queue full"))
                .anyMatch(detail -> detail.startsWith(counts.lost() + " records of boot "));
    }

    private Trail open(String boot) throws IOException {
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
                new FaultyFiles(call -> broken.get(), false),
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
