package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.trail.CheckpointListener;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailKeys;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import io.certrail.trail.TrailTree;
import io.certrail.trail.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real trail, whose checkpoints go to a witness with proofs made of its tiles. */
@Timeout(180)
class TrailWitnessTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

    @TempDir
    Path folder;

    private TestTls tls;
    private Path trail;

    @BeforeEach
    void makeFolders() throws Exception {
        tls = TestTls.in(folder);
        trail = folder.resolve("trail");
        append(CheckpointListener.NONE, 1); // makes the key
    }

    /** A life of the trail. */
    private void append(CheckpointListener listener, int count) throws IOException {
        Checkpointing checkpointing =
                new Checkpointing(CheckpointOptions.defaults(), "boot", listener, CheckpointMeter.NONE);
        try (Trail open = Trail.open(
                TrailOptions.of(trail),
                TrailFiles.onDisk(),
                Clock.systemUTC(),
                new PlainChronicle(),
                TrailMeter.NONE,
                checkpointing)) {
            for (int i = 0; i < count; i++) {
                byte[] line = PlainChronicle.line("test", "number " + i);
                open.append(line, line.length, Wait.NONE);
            }
        }
    }

    /** What a life with a witness came to. */
    private record Life(int delivered, int failed) {}

    private Life live(WitnessServer witness, int count) throws IOException {
        AtomicInteger delivered = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        DeliveryMeter meter = new DeliveryMeter() {
            @Override
            public void delivered(SinkKind kind) {
                delivered.incrementAndGet();
            }

            @Override
            public void failed(SinkKind kind) {
                failed.incrementAndGet();
            }
        };
        TrailTree tree = TrailTree.of(TrailFiles.onDisk(), trail);
        ConsistencySource proofs = (oldSize, newSize) -> tree.prover(newSize).consistency(oldSize, newSize);
        SinkOptions options = new SinkOptions(
                SinkOptions.targets(List.of(witness.target())), tls.options(), Duration.ZERO, Duration.ofSeconds(60));
        try (CheckpointSinks sinks = CheckpointSinks.start(options, trail, proofs, meter, Clock.systemUTC(), QUICK)) {
            append(sinks, count);
        }
        return new Life(delivered.get(), failed.get());
    }

    private WitnessServer witness() throws Exception {
        return new WitnessServer(
                tls.serverContext(),
                TrailKeys.of(TrailFiles.onDisk(), trail).first().orElseThrow());
    }

    private long lines() throws IOException {
        try (Stream<Path> segments = Files.list(trail.resolve("entries"))) {
            long count = 0;
            for (Path segment : segments.toList()) {
                count += Files.readAllLines(segment).size();
            }
            return count;
        }
    }

    @Test
    void everyLifeContinuesWhatTheWitnessCosigned() throws Exception {
        try (WitnessServer witness = witness()) {
            for (int count : new int[] {1, 300, 70_000, 5}) {
                Life life = live(witness, count);

                assertThat(life.failed()).isZero();
                assertThat(life.delivered()).isPositive();
                assertThat(witness.size())
                        .as("the last checkpoint, made at the stop")
                        .isEqualTo(lines());
            }
            assertThat(trail.resolve("witness")).isDirectoryContaining("glob:**.note");
        }
    }

    /** The trail opens, for an old copy is whole in itself; only the witness remembers more. */
    @Test
    void oldCopyOfTheWholeTrailIsNoticedByTheWitnessAlone() throws Exception {
        try (WitnessServer witness = witness()) {
            live(witness, 50);
            Path copy = folder.resolve("copy");
            copy(trail, copy);
            live(witness, 500);
            long cosigned = witness.size();
            delete(trail);
            copy(copy, trail);

            Life life = live(witness, 20);

            assertThat(life.delivered()).isZero();
            assertThat(life.failed()).isPositive();
            assertThat(witness.size()).isEqualTo(cosigned);
        }
    }

    @Test
    void oldCopyThatHasGrownBeyondWhatWasCosignedIsNoticedToo() throws Exception {
        try (WitnessServer witness = witness()) {
            live(witness, 50);
            Path copy = folder.resolve("copy");
            copy(trail, copy);
            live(witness, 100);
            long cosigned = witness.size();
            delete(trail);
            copy(copy, trail);

            assertThat(live(witness, 2000).delivered()).isZero();
            assertThat(witness.size()).isEqualTo(cosigned);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
