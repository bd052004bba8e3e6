package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static io.certrail.trail.EvidenceFixture.counts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntegratorTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 253, 254, 255, 1000, 70_000})
    void lastCheckpointAndTilesAreOfAllLines(int records) throws IOException {
        EvidenceFixture trail = trail();
        trail.live("boot-1", records);
        assertThatEvidence(trail).isComplete();
        assertThat(trail.newest().size()).isEqualTo(records + 2);
    }

    @Test
    void newTrailBeginsWithACheckpointOfNothing() throws IOException {
        EvidenceFixture trail = trail();
        trail.live("boot-1", 0);
        Checkpoint start = trail.published.get(0);
        assertThat(start.size()).isZero();
        assertThat(start.root()).isEqualTo(Hash.EMPTY_ROOT);
        assertThat(counts(start).cause()).isEqualTo(CheckpointCause.START);
    }

    @Test
    void evidenceGrowsOverLives() throws IOException {
        EvidenceFixture trail = trail().segmentBytes(20_000);
        for (int life = 1; life <= 30; life++) {
            trail.live("boot-" + life, 37);
        }
        assertThatEvidence(trail).isComplete();
        assertThat(TrailAssert.lines(folder).get(39)).contains("audit.started", "checkpoint 39");
    }

    @Test
    void newsIsInACheckpointAfterTheInterval() throws IOException {
        EvidenceFixture trail = trail();
        try (Trail open = trail.open()) {
            EvidenceFixture.append(open, "boot-1", 10);
            EvidenceFixture.await(() -> open.checkpoint().orElseThrow().size() == 11);
            assertThat(open.checkpoint().orElseThrow().behind()).isZero();
            assertThat(counts(trail.newest()).cause()).isEqualTo(CheckpointCause.INTERVAL);
        }
    }

    @Test
    void eachSegmentBeginsWithACheckpoint() throws IOException {
        EvidenceFixture trail = trail().segmentBytes(4096);
        trail.live("boot-1", 500);
        List<Long> rotations = assertThatEvidence(trail).isComplete().history().stream()
                .filter(checkpoint -> counts(checkpoint).cause() == CheckpointCause.ROTATION)
                .map(Checkpoint::size)
                .toList();
        List<Long> segments = SegmentName.list(TrailFiles.onDisk(), folder.resolve("entries")).stream()
                .map(SegmentName::first)
                .filter(first -> first > 0)
                .toList();
        assertThat(rotations).isEqualTo(segments).hasSizeGreaterThan(10);
    }

    @Test
    void silenceIsSealedToo() throws IOException {
        EvidenceFixture trail = trail().checkpoints(
                        new CheckpointOptions(Duration.ofMillis(5), Duration.ofSeconds(1), null, "test.example/log"));
        try (Trail open = trail.open()) {
            EvidenceFixture.await(() -> trail.published.stream()
                    .anyMatch(checkpoint -> counts(checkpoint).cause() == CheckpointCause.IDLE));
            assertThat(open.status().isWriting()).isTrue();
        }
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void historyIsReadWithWhatTheListenerHeard() throws IOException {
        EvidenceFixture trail = trail().segmentBytes(4096);
        trail.live("boot-1", 300);
        trail.live("boot-2", 300);
        List<Checkpoint> history = assertThatEvidence(trail).history();
        assertThat(trail.published).containsSubsequence(history);
        assertThat(history.stream()
                        .map(checkpoint -> counts(checkpoint).cause())
                        .toList())
                .contains(CheckpointCause.START, CheckpointCause.ROTATION, CheckpointCause.STOP);
    }

    @Test
    void whatWasSeenStandsInTheCheckpointBesideWhatWasRecorded() throws IOException {
        EvidenceFixture trail = trail();
        trail.live("boot-1", 20);
        try (Trail open = trail.open("boot-2")) {
            open.countWith(() -> new Census.Count(11, new Census.Tally(12, 1, 1), new Census.Tally(25, 0, 0)));
            EvidenceFixture.append(open, "boot-2", 30);
        }
        CheckpointCounts counts = counts(trail.newest());
        assertThat(counts.bootId()).isEqualTo("boot-2");
        assertThat(counts.connections()).isEqualTo(new CheckpointCounts.Connections(12, 11, 8, 2, 0, 1, 1, 0));
        assertThat(counts.requests()).isEqualTo(new CheckpointCounts.Requests(25, 20, 0, 0, 5));
        assertThat(counts.recordsNamed("tls.handshake")).isEqualTo(17);
    }

    @Test
    void linesThatTheTrailLosesCountAsLost() throws IOException {
        EvidenceFixture trail = trail();
        try (Trail open = trail.open()) {
            open.countWith(() -> new Census.Count(2, new Census.Tally(2, 0, 0), new Census.Tally(1, 0, 0)));
            for (String name : List.of("tls.handshake", "tls.handshake", "http.request", "app.event")) {
                String line = new String(RecordChronicle.line("boot-1", name, "success", "broken"), UTF_8);
                byte[] broken = line.replace("broken", "bro\nken").getBytes(UTF_8);
                assertThat(open.append(broken, broken.length, Wait.NONE).isLost())
                        .isTrue();
            }
        }
        CheckpointCounts counts = counts(trail.newest());
        assertThat(counts.connections()).isEqualTo(new CheckpointCounts.Connections(2, 2, 0, 0, 0, 0, 2, 0));
        assertThat(counts.requests()).isEqualTo(new CheckpointCounts.Requests(1, 0, 0, 1, 0));
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void retirementLeavesTilesAndProofsAndWaitsForTheTree() throws IOException {
        EvidenceFixture trail = trail().segmentBytes(4096);
        trail.live("boot-1", 400);
        Checkpoint before = trail.newest();
        trail.retention(new Retention(null, 20_000)).live("boot-2", 100);
        long first = SegmentName.list(TrailFiles.onDisk(), folder.resolve("entries"))
                .get(0)
                .first();
        assertThat(first).isPositive();
        Checkpoint after = trail.newest();
        TrailTree tree = TrailTree.of(TrailFiles.onDisk(), folder);
        assertThat(tree.prover(after.size()).root(after.size())).isEqualTo(after.root());
        assertThat(tree.prover(after.size())
                        .consistency(before.size(), after.size())
                        .verify(before.root(), after.root())
                        .verified())
                .isTrue();
        trail.retention(Retention.ALL).live("boot-3", 1); // and it opens without the lines
        assertThat(trail.newest().size()).isEqualTo(after.size() + 3);
    }

    @Test
    void whoHearsOfCheckpointsAndThrowsIsNoFailureOfTheTrees() throws IOException {
        AtomicInteger failures = new AtomicInteger();
        CheckpointMeter meter = new CheckpointMeter() {
            @Override
            public void published(long nanos) {
                throw new NoClassDefFoundError("a meter's bad day");
            }

            @Override
            public void failed() {
                failures.incrementAndGet();
            }
        };
        EvidenceFixture trail = trail().meter(meter).listener((checkpoint, note) -> {
            throw new NoClassDefFoundError("a listener's bad day");
        });
        trail.live("boot-1", 3);
        assertThat(failures).hasValue(0);
        assertThatEvidence(trail).isComplete();
    }

    @Test
    void trailFromBeforeCheckpointsGetsThem() throws IOException {
        Trail.open(
                        trail().options(),
                        TrailFiles.onDisk(),
                        Clock.systemUTC(),
                        new RecordChronicle("old"),
                        TrailMeter.NONE)
                .close();
        assertThat(folder.resolve("format")).doesNotExist();
        EvidenceFixture trail = trail();
        trail.live("boot-1", 3);
        assertThatEvidence(trail).isComplete();
        assertThat(trail.published.get(0).size()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("format"))).isEqualTo("certrail-trail/1\n");
    }

    private EvidenceFixture trail() {
        return new EvidenceFixture(folder);
    }
}
