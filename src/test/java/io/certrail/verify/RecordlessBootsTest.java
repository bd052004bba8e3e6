package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
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
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts on a full disk, on which small files find place, and records none. */
final class RecordlessBootsTest {
    /** Of a connection: that of its handshake, and those of its requests. */
    private static final int RECORDS = 4;

    /** The shortest that there is. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final int SHUFFLES = 20;

    @TempDir
    Path base;

    private Path folder;
    /** What a process leaves that is killed. */
    private Path killed;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void folders() {
        folder = base.resolve("trail");
        killed = base.resolve("killed");
    }

    /** As somebody has them who takes them from a log. */
    @Test
    void checkpointsOfOneSizeRaiseNoFalseAlarmWhicheverOrderTheyComeIn() throws IOException {
        live("first");
        for (int i = 1; i <= 3; i++) {
            try (Trail trail = open("lost-" + i, fullDisk())) {
                connections(trail, "lost-" + i, i);
                awaitIdle(i == 2 ? 2 : 0);
            }
        }
        assertThatLossesAreDeclaredInAnyOrder();
        live("last");
        assertThatLossesAreDeclaredInAnyOrder();
    }

    private void assertThatLossesAreDeclaredInAnyOrder() throws IOException {
        List<String> outside = new ArrayList<>(notes);
        for (int seed = 0; seed < SHUFFLES; seed++) {
            assertThat(details(verify(outside)))
                    .containsExactlyInAnyOrder(
                            "DECLARED_LOSS 4 records of boot lost-1, which has no record yet",
                            "DECLARED_LOSS 8 records of boot lost-2, which has no record yet",
                            "DECLARED_LOSS 12 records of boot lost-3, which has no record yet");
            Collections.shuffle(outside, new Random(seed));
        }
    }

    @Test
    void firstStartOfATrailDeclaresItsLoss() throws IOException {
        try (Trail trail = open("lost", fullDisk())) {
            connections(trail, "lost", 3);
        }
        String loss = "DECLARED_LOSS 12 records of boot lost, which has no record yet";
        assertThat(details(verify(List.of()))).containsExactly(loss);
        live("last");
        assertThat(details(verify(List.of()))).containsExactly(loss);
    }

    /** A queue of eight keeps as many, which are still to be recorded. */
    @Test
    void startThatWasKilledDeclaresItsLossAndThatItDidNotStop() throws IOException {
        live("first");
        try (Trail trail = open("lost", fullDisk())) {
            connections(trail, "lost", 5);
            awaitIdle(1);
            TrailCopy.copy(folder, killed);
        }
        assertThat(details(verify(killed, List.of())))
                .containsExactly("DECLARED_LOSS 9 records of boot lost, which has no record yet");
        SampleTrail.live(killed, 1);
        assertThat(details(verify(killed, List.of())))
                .containsExactlyInAnyOrder(
                        "DECLARED_LOSS 17 records of boot lost, which has no record yet",
                        "BOOT_WITHOUT_STOP boot lost, which has no record yet");
    }

    /** Whoever was there before it was not stopped in order, though no record says so yet. */
    @Test
    void startWithoutARecordEndsTheOneBefore() throws IOException {
        try (Trail trail = open("first", TrailFiles.onDisk())) {
            connections(trail, "first", 1);
            TrailAssert.awaitSealed(trail);
            TrailCopy.copy(folder, killed);
        }
        assertThat(details(verify(killed, List.of()))).isEmpty();
        try (Trail trail = open(killed, "lost", fullDisk())) {
            assertThat(trail.counts().recorded()).isZero();
        }
        assertThat(details(verify(killed, List.of()))).containsExactly("BOOT_WITHOUT_STOP boot first");
    }

    /** The trail goes on while it is read: what was its newest checkpoint is older than what the history ends with. */
    @Test
    void checkpointsOfOneSizeAreComparedInTheOrderOfTheirTimes() throws IOException {
        live("first");
        int before = notes.size();
        try (Trail trail = open("lost", fullDisk())) {
            awaitIdle(1);
            assertThat(trail.counts().recorded()).isZero();
        }
        Files.writeString(folder.resolve("checkpoint"), notes.get(before));
        assertThat(details(verify(List.of(notes.get(0), notes.get(notes.size() - 1)))))
                .isEmpty();
    }

    /** The disk is full still: what the one before left in the write-ahead log alone comes before this one's first record. */
    @Test
    void startThatHasLinesOfTheOneBeforeToWriteCountsNoneOfThem() throws IOException {
        AtomicBoolean full = new AtomicBoolean(true);
        TrailFiles files = FaultyFiles.where((call, file) -> full.get() && isOfASegment(call, file), "No space left");
        live("first");
        try (Trail trail = open("killed", files)) {
            connections(trail, "killed", 1);
            while (trail.counts().recorded() < RECORDS) {
                Thread.onSpinWait();
            }
            TrailCopy.copy(folder, killed);
        }
        try (Trail trail = open(killed, "last", files)) {
            LockSupport.parkNanos(IDLE.toNanos() * 3 / 2);
            full.set(false);
            connections(trail, "last", 1);
        }
        assertThat(details(verify(killed, List.of()))).containsExactly("BOOT_WITHOUT_STOP boot killed");
    }

    private static boolean isOfASegment(String call, Path file) {
        return call.startsWith("w") && file.toString().contains("entries");
    }

    /** Five wait to be recorded, and one record that tells of all the others; the disk takes none. */
    @Test
    void lossOfAFloodIsDeclaredAsWell() throws IOException {
        live("first");
        FloodOptions limit = new FloodOptions(1, 5, Duration.ofHours(1), 100);
        try (Trail trail = open("lost", fullDisk());
                Recorder recorder = SampleTrail.recorder(trail, "lost", Durability.NONE, limit, Clock.systemUTC())) {
            IntStream.range(0, 1000).forEach(i -> recorder.record(refused(recorder)));
        }
        assertThat(details(verify(List.of())))
                .containsExactly("DECLARED_LOSS 1000 records of boot lost, which has no record yet");
    }

    private static HandshakeEvent refused(Recorder recorder) {
        ConnectionFacts facts = new ConnectionFacts(
                recorder.nextConnectionId(),
                new Endpoint("192.0.2.9", 40_000),
                new Endpoint("198.51.100.1", 8443),
                "shop.example",
                null);
        Fault fault = Fault.of(Reason.CERTIFICATE_REQUIRED, "no certificate");
        return new HandshakeEvent(recorder.now(), Outcome.FAILURE, 1_000_000, fault, facts);
    }

    private void live(String boot) throws IOException {
        try (Trail trail = open(boot, TrailFiles.onDisk())) {
            connections(trail, boot, 1);
        }
    }

    private static void connections(Trail trail, String boot, int count) {
        Recorder recorder =
                SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
        IntStream.range(0, count).forEach(i -> SampleTrail.connection(recorder, i));
    }

    /** Waits for more checkpoints, of which there is one each second. */
    private void awaitIdle(int more) {
        int wanted = notes.size() + more;
        while (notes.size() < wanted) {
            Thread.onSpinWait();
        }
    }

    private static TrailFiles fullDisk() {
        return FaultyFiles.where(RecordlessBootsTest::isOfALine, "No space left on device");
    }

    private static boolean isOfALine(String call, Path file) {
        return call.startsWith("w")
                && (file.toString().contains("entries") || file.toString().contains("wal"));
    }

    private Trail open(String boot, TrailFiles files) throws IOException {
        return open(folder, boot, files);
    }

    private Trail open(Path where, String boot, TrailFiles files) throws IOException {
        TrailOptions usual = TrailOptions.of(where);
        TrailOptions options = new TrailOptions(
                where,
                usual.segmentBytes(),
                usual.segmentAge(),
                2 * RECORDS,
                usual.queueBytes(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(10),
                usual.retention(),
                usual.walBytes());
        CheckpointOptions checkpoints = new CheckpointOptions(Duration.ofMillis(5), IDLE, null, SampleTrail.ORIGIN);
        return Trail.open(
                options,
                files,
                Clock.systemUTC(),
                new TrailChronicle(boot, List.of()),
                TrailMeter.NONE,
                new Checkpointing(
                        checkpoints,
                        boot,
                        (checkpoint, note) -> notes.add(new String(note, UTF_8)),
                        CheckpointMeter.NONE));
    }

    private Report verify(List<String> outside) throws IOException {
        return verify(folder, outside);
    }

    private static Report verify(Path where, List<String> outside) throws IOException {
        VerifyOptions options = VerifyOptions.of(null)
                .outside(outside.stream()
                        .map(note -> new VerifyOptions.Outside("log", note))
                        .toList());
        return new Verifier(TrailFiles.onDisk(), options).verify(where, Progress.NONE);
    }

    /** What is found that somebody should look at. */
    private static List<String> details(Report report) {
        return report.findings().stream()
                .filter(finding -> finding.kind().severity() != Severity.INFORMATION)
                .map(finding -> finding.kind() + " " + finding.detail())
                .toList();
    }
}
