package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.KeyChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

/** A trail with tree and checkpoints, for tests. */
final class EvidenceFixture {
    static final Duration LONG = Duration.ofSeconds(20);

    final Path folder;
    final List<Checkpoint> published = new CopyOnWriteArrayList<>();
    private TrailFiles files = TrailFiles.onDisk();
    private Clock clock = Clock.systemUTC();
    private CheckpointOptions checkpoints =
            new CheckpointOptions(Duration.ofMillis(5), Duration.ofHours(1), null, "test.example/log");
    private long segmentBytes = 64L << 20;
    private Retention retention = Retention.ALL;
    private long walBytes = 64 << 10;
    private CheckpointMeter meter = CheckpointMeter.NONE;
    private CheckpointListener listener = (checkpoint, note) -> published.add(checkpoint);

    EvidenceFixture(Path folder) {
        this.folder = folder;
    }

    EvidenceFixture files(TrailFiles other) {
        files = other;
        return this;
    }

    EvidenceFixture clock(Clock other) {
        clock = other;
        return this;
    }

    EvidenceFixture checkpoints(CheckpointOptions other) {
        checkpoints = other;
        return this;
    }

    EvidenceFixture segmentBytes(long bytes) {
        segmentBytes = bytes;
        return this;
    }

    EvidenceFixture retention(Retention other) {
        retention = other;
        return this;
    }

    EvidenceFixture walBytes(long bytes) {
        walBytes = bytes;
        return this;
    }

    EvidenceFixture meter(CheckpointMeter other) {
        meter = other;
        return this;
    }

    /** In place of {@link #published}. */
    EvidenceFixture listener(CheckpointListener other) {
        listener = other;
        return this;
    }

    TrailOptions options() {
        TrailOptions plain = TrailOptions.of(folder);
        return new TrailOptions(
                folder,
                segmentBytes,
                plain.segmentAge(),
                plain.queueRecords(),
                plain.queueBytes(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(20),
                retention,
                walBytes);
    }

    Trail open() throws IOException {
        return open("boot-1");
    }

    Trail open(String bootId) throws IOException {
        return Trail.open(options(), files, clock, new RecordChronicle(bootId), TrailMeter.NONE, checkpointing(bootId));
    }

    /** @param threads gives the writer's */
    Trail open(String bootId, ThreadFactory threads) throws IOException {
        return Trail.open(
                options(), files, clock, new RecordChronicle(bootId), TrailMeter.NONE, checkpointing(bootId), threads);
    }

    private Checkpointing checkpointing(String bootId) {
        return new Checkpointing(checkpoints, bootId, listener, meter);
    }

    /** Opens, appends and closes. */
    void live(String bootId, int records) throws IOException {
        try (Trail trail = open(bootId)) {
            append(trail, bootId, records);
        }
    }

    static void append(Trail trail, String bootId, int records) {
        for (int i = 0; i < records; i++) {
            String name = i % 3 == 0 ? "tls.handshake" : "http.request";
            byte[] line = RecordChronicle.line(bootId, name, i % 5 == 0 ? "failure" : "success", "record " + i);
            boolean waits = i == records - 1 || i % 10_000 == 9_999; // the queue is bounded
            Ticket last = trail.append(line, line.length, waits ? Wait.DURABLE : Wait.NONE);
            if (waits && !last.await(LONG)) {
                throw new AssertionError("not recorded");
            }
        }
    }

    /** The newest checkpoint on disk, which must be signed by the key in key.pub. */
    Checkpoint newest() throws IOException {
        byte[] note = CheckpointHistory.of(TrailFiles.onDisk(), folder).newest().orElseThrow();
        return open(note);
    }

    Checkpoint open(byte[] note) throws IOException {
        return keys().open(note)
                .accepted()
                .orElseThrow(() -> new AssertionError("not to be opened: " + new String(note, UTF_8)));
    }

    /** The chain of keys in the folder. */
    KeyChain keys() throws IOException {
        TrailKeys keys = TrailKeys.of(TrailFiles.onDisk(), folder);
        return keys.chain(keys.first().orElseThrow()).accepted().orElseThrow();
    }

    static CheckpointCounts counts(Checkpoint checkpoint) {
        return CheckpointCounts.of(checkpoint).orElseThrow();
    }

    /** Waits until something holds. */
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about in " + LONG);
            }
            Thread.onSpinWait();
        }
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
