package io.certrail.bench.trail;

import io.certrail.event.AuditEvent;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RecorderOptions;
import io.certrail.recorder.ServedAlways;
import io.certrail.recorder.TrailChronicle;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trail of so many records, written by the real recorder; its events are spread evenly over thirty days.
 *
 * @param records as many as were asked for, give or take a connection
 */
public record LargeTrail(Path folder, long records) {
    private static final String BOOT = Recorder.newBootId();
    public static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    public static final Duration SPAN = Duration.ofDays(30);
    /** Of twenty connections nineteen have ten records and one has one. */
    private static final double RECORDS_A_CONNECTION = (19 * 10 + 1) / 20.0;

    private static final long HALF_A_QUEUE = 30_000;

    public long connections() {
        return (long) (records / RECORDS_A_CONNECTION);
    }

    /** When a connection happened. */
    public Instant time(long connection) {
        return BEGIN.plusMillis(SPAN.toMillis() * connection / connections());
    }

    /** The one of so many records in a folder: made, unless it is there from an earlier run. */
    public static LargeTrail in(Path folder, int records) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        LargeTrail trail = new LargeTrail(folder.resolve("trail-" + records), records);
        trail.make();
        return trail;
    }

    private void make() throws IOException, InterruptedException {
        Path marker = folder.resolve("made");
        if (Files.exists(marker)) {
            return;
        }
        try (Trail trail = open(folder)) {
            Recorder recorder = recorder(trail, Durability.NONE);
            for (long i = 0; i < connections(); i++) {
                for (AuditEvent event : Population.connection(i, recorder.nextConnectionId(), time(i))) {
                    recorder.record(event);
                }
                while (trail.counts().queued() > HALF_A_QUEUE) {
                    Thread.sleep(1);
                }
            }
            recorder.close();
            if (trail.counts().lost() + trail.counts().coalesced() > 0) {
                throw new IOException("records are missing: " + trail.counts());
            }
        }
        Files.createFile(marker);
    }

    public static Trail open(Path folder) throws IOException {
        return Trail.open(
                TrailOptions.of(folder),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new TrailChronicle(BOOT, List.of()),
                TrailMeter.NONE,
                new Checkpointing(CheckpointOptions.defaults(), BOOT, (checkpoint, note) -> {}, CheckpointMeter.NONE));
    }

    public static Recorder recorder(Trail trail, Durability durability) {
        var options =
                new RecorderOptions(durability, FailurePolicy.CONTINUE, Duration.ofSeconds(20), ServedAlways.NONE);
        return new Recorder(options, trail, Clock.systemUTC(), BOOT);
    }

    /** Its files of lines, in their order. */
    public List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    public long bytes() throws IOException {
        return bytes(folder.resolve("entries"));
    }

    public static long bytes(Path folder) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }
}
