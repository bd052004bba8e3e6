package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailAssert;
import io.certrail.verify.SampleTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
    @TempDir
    Path parent;

    private Path folder;
    private final String boot = Recorder.newBootId();

    @BeforeEach
    void name() {
        folder = parent.resolve("trail");
    }

    @Test
    void eachRecordIsShownOnceAlsoOverNewFilesAndStarts() throws Exception {
        SampleTrail.live(folder, 3, 8192, Retention.ALL, Durability.NONE);
        long end = 3 * 4 + 2;
        try (FollowedTail tail = new FollowedTail("-n", "1000", folder.toString())) {
            for (int life = 0; life < 3; life++) {
                SampleTrail.live(folder, 41, 8192, Retention.ALL, Durability.NONE);
                end += 33 * 4 + 8 + 2;
                tail.awaitSequence(end - 1);
            }
            assertThat(segments()).hasSizeGreaterThan(10);
            assertThat(tail.sequences())
                    .isEqualTo(LongStream.range(tail.sequences().get(0), end)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void asManyAreShownAsThereAreHoweverSmallTheFiles() throws Exception {
        SampleTrail.live(folder, 41, 8192, Retention.ALL, Durability.NONE);
        assertThat(segments()).hasSizeGreaterThan(5);
        List<String> all = CommandRun.of("tail", "-n", "1000", folder.toString())
                .out()
                .lines()
                .toList();
        List<String> some = CommandRun.of("tail", "-n", "70", folder.toString())
                .out()
                .lines()
                .toList();

        assertThat(all.get(0)).startsWith("0 ");
        assertThat(some).isEqualTo(all.subList(all.size() - 70, all.size()));
        assertThat(CommandRun.of("tail", "-n", "1", "--event", "audit.started", folder.toString())
                        .out())
                .startsWith("0 ");
    }

    @Test
    void lineIsNotShownBeforeItIsWhole() throws Exception {
        SampleTrail.live(folder, 3);
        List<String> lines = Files.readAllLines(segments().get(0));
        String last = lines.get(lines.size() - 1);
        String next = last.substring(0, last.lastIndexOf(':') + 1) + lines.size() + "}}\n";
        try (FollowedTail tail = new FollowedTail("-n", "1", folder.toString())) {
            tail.awaitSequence(lines.size() - 1L);
            append(next.substring(0, 100));
            Thread.sleep(600); // it looks five times a second
            append(next.substring(100, next.length() - 1));
            Thread.sleep(600);
            assertThat(tail.sequences()).containsExactly(lines.size() - 1L);
            append("\n");
            tail.awaitSequence(lines.size());
            assertThat(tail.sequences()).containsExactly(lines.size() - 1L, (long) lines.size());
        }
    }

    /** Somebody puts a copy in the place of the file that is read: the writer goes on in a new one, and so does who follows. */
    @Test
    void fileThatIsReplacedWhileItIsReadHidesNothingThatFollows() throws Exception {
        try (Trail trail = SampleTrail.open(folder, boot, 1 << 20, Retention.ALL)) {
            Recorder recorder = recorder(trail);
            record(recorder, trail, 5);
            try (FollowedTail tail = new FollowedTail("-n", "1000", folder.toString())) {
                tail.awaitSequence(trail.nextSequence() - 1);
                Path segment = segments().get(0);
                Files.copy(segment, parent.resolve("copy"));
                Files.move(parent.resolve("copy"), segment, StandardCopyOption.REPLACE_EXISTING);
                record(recorder, trail, 5);
                record(recorder, trail, 5);
                tail.awaitSequence(trail.nextSequence() - 1);
                assertThat(segments()).hasSizeGreaterThan(1);
                assertThat(new TreeSet<>(tail.sequences()))
                        .containsExactlyElementsOf(LongStream.range(0, trail.nextSequence())
                                .boxed()
                                .toList());
                assertThat(tail.lines()).anyMatch(line -> line.contains("audit.gap"));
            }
        }
    }

    @Test
    void whatComesFasterThanItIsReadIsShownInPieces() throws Exception {
        SampleTrail.live(folder, 1);
        try (FollowedTail tail = new FollowedTail("-n", "1", folder.toString())) {
            tail.awaitSequence(5);
            tail.hold(); // what comes now comes between two looks
            SampleTrail.live(folder, 800);
            tail.release();
            tail.await(
                    lines -> lines.size() > 2_000 && lines.get(lines.size() - 1).contains("audit.stopped"));
            assertThat(tail.mostAtOnce()).isLessThanOrEqualTo(1_000);
            assertThat(tail.sequences()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whoIsGoneIsNotReadForToTheEndOfWhatHasCome() throws Exception {
        SampleTrail.live(folder, 1);
        FollowedTail tail = new FollowedTail("-n", "1", folder.toString());
        tail.awaitSequence(5);
        tail.hold();
        SampleTrail.live(folder, 800);
        tail.closeAtNextWrite();
        tail.release();
        assertThat(tail.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(tail.refusedWrites()).isBetween(1, 2_000); // two a line
    }

    @Test
    void lastRecordsAreShownThoughOthersComeFasterThanTheyAreRead() throws Exception {
        SampleTrail.live(folder, 1);
        try (FollowedTail tail = new FollowedTail(EndlessFiles.of(segments().get(0)), "-n", "2", folder.toString())) {
            tail.awaitSequence(5);
            tail.awaitSequence(2_000);
            assertThat(tail.sequences()).startsWith(4L, 5L, 6L);
        }
    }

    @Test
    void trailWithoutARecordIsWaitedFor() throws Exception {
        Files.createDirectories(folder.resolve("entries"));
        try (FollowedTail tail = new FollowedTail(folder.toString())) {
            SampleTrail.live(folder, 1);
            tail.awaitSequence(5);
            assertThat(tail.sequences()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void whatIsNotAskedForIsPassedOver() throws Exception {
        SampleTrail.live(folder, 1);
        try (FollowedTail tail = new FollowedTail("--failures", "--event", "tls.handshake", folder.toString())) {
            SampleTrail.live(folder, 11);
            tail.await(lines -> lines.size() == 2);
            assertThat(tail.lines()).allMatch(line -> line.contains("tls.handshake  failure  unknown_ca"));
        }
    }

    @Test
    void whatIsNoRecordEndsItWithItsPlace() throws Exception {
        SampleTrail.live(folder, 1);
        FollowedTail tail = new FollowedTail("-n", "1000", folder.toString());
        tail.awaitSequence(5);
        append("no record\n");

        assertThat(tail.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(tail.err())
                .contains(
                        "No record where sequence 6 should stand",
                        segments().get(0).toString());
    }

    @Test
    void argumentsThatCannotBeMeantAreRefused() {
        assertThat(CommandRun.of("tail", "-n", "-1", folder.toString()).status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(CommandRun.of("tail", folder.toString()).status()).isEqualTo(ExitStatus.UNREADABLE);
    }

    private Recorder recorder(Trail trail) {
        return SampleTrail.recorder(trail, boot, Durability.NONE, FloodOptions.UNLIMITED, Clock.systemUTC());
    }

    private static void record(Recorder recorder, Trail trail, int connections) {
        for (int i = 0; i < connections; i++) {
            SampleTrail.connection(recorder, i);
        }
        TrailAssert.awaitSealed(trail);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(segments().get(0), text, StandardOpenOption.APPEND);
    }
}
