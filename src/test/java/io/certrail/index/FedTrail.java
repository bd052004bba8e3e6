package io.certrail.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.AuditEvent;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RecorderOptions;
import io.certrail.recorder.ServedAlways;
import io.certrail.recorder.TrailChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real trail that a real feed brings into an index. */
public final class FedTrail implements AutoCloseable {
    public static final String ORIGIN = "host/certrail/01234567";

    private final Path folder;
    private final Trail trail;
    private final Recorder recorder;
    private final IndexFeed feed;

    public FedTrail(Path folder, RecordIndex index, String origin) throws IOException {
        this(folder, index, origin, new ExpiryWatch(List.of(), (seen, days) -> {}, Clock.systemUTC()));
    }

    public FedTrail(Path folder, RecordIndex index, String origin, ExpiryWatch expiry) throws IOException {
        this.folder = folder;
        this.trail = Trail.open(
                TrailOptions.of(folder),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new TrailChronicle("boot", List.of()),
                TrailMeter.NONE);
        this.recorder = new Recorder(
                new RecorderOptions(Durability.ANSWER, FailurePolicy.REFUSE, Duration.ofSeconds(5), ServedAlways.NONE),
                trail,
                Clock.systemUTC(),
                "boot");
        this.feed =
                IndexFeed.start(index, TrailFiles.onDisk(), folder, origin, trail::durable, expiry, Clock.systemUTC());
    }

    public Trail trail() {
        return trail;
    }

    public Recorder recorder() {
        return recorder;
    }

    public IndexFeed feed() {
        return feed;
    }

    /** Records, and waits until the index knows. */
    public void record(List<AuditEvent> events) {
        for (AuditEvent event : events) {
            assertThat(recorder.recordToldOf(event)).isTrue();
        }
        awaitCurrent();
    }

    public void awaitCurrent() {
        await(() -> feed.state().word().equals("current"));
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** All lines, parsed by who needs no index, oldest first. */
    public List<IndexedRecord> records() throws IOException {
        List<IndexedRecord> records = new ArrayList<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            while (reader.next()) {
                records.add(new RecordParser().parse(reader.sequence(), reader.offset(), reader.line()));
            }
        }
        return records;
    }

    public byte[] line(long sequence) throws IOException {
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, sequence)) {
            assertThat(reader.next()).isTrue();
            return reader.line();
        }
    }

    @Override
    public void close() {
        feed.close();
        trail.close();
    }
}
