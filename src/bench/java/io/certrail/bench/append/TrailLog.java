package io.certrail.bench.append;

import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Certrail's trail with its defaults; hashed, and with a signed checkpoint each second, or lines alone. */
final class TrailLog implements RecordLog {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Trail trail;

    private TrailLog(Path folder, @Nullable Checkpointing checkpointing) throws IOException {
        trail = Trail.open(
                TrailOptions.of(folder.resolve("trail")),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new PlainChronicle(),
                TrailMeter.NONE,
                checkpointing);
    }

    static TrailLog lines(Path folder) throws IOException {
        return new TrailLog(folder, null);
    }

    static TrailLog hashed(Path folder) throws IOException {
        return new TrailLog(
                folder,
                new Checkpointing(
                        CheckpointOptions.defaults(), "bench", (checkpoint, note) -> {}, CheckpointMeter.NONE));
    }

    @Override
    public void append(byte[] line) throws IOException {
        if (!trail.append(line, line.length, Wait.DURABLE).await(LONGEST)) {
            throw new IOException("lost: " + trail.status());
        }
    }

    /** Appends without waiting; false if the queue is full. */
    boolean queue(byte[] line) {
        return !trail.append(line, line.length, Wait.NONE).isLost();
    }

    @Override
    public void close() throws IOException {
        trail.close();
        if (trail.counts().lost() > 0) {
            throw new IOException("lost: " + trail.counts());
        }
    }
}
