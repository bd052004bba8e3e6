package io.certrail.trail;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailFailureTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final TrailFiles files = new FaultyFiles(n -> broken.get(), true);

    @Test
    void diskFullAndThenNotTellsTheGapFirst() throws IOException {
        try (Trail trail = open(files, options(1000))) {
            assertThat(append(trail, "before", Wait.DURABLE).await(LONG)).isTrue();
            broken.set(true);
            Ticket kept = append(trail, "kept", Wait.NONE);
            Ticket waiting = append(trail, "waiting", Wait.DURABLE);
            assertThat(waiting.await(LONG)).isFalse();
            assertThat(waiting.isLost()).isTrue();
            assertThat(trail.status()).isInstanceOf(TrailStatus.Failing.class);
            assertThat(((TrailStatus.Failing) trail.status()).cause()).contains("injected");
            assertThat(append(trail, "at once", Wait.DURABLE).isLost()).isTrue();
            assertThat(trail.counts()).isEqualTo(new TrailCounts(5, 2, 2, 0, 1));
            broken.set(false);
            assertThat(kept.await(LONG)).isTrue();
            assertThat(trail.status().isWriting()).isTrue();
            assertThat(append(trail, "again", Wait.DURABLE).await(LONG)).isTrue();
        }
        var lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(2)).contains("audit.gap").contains("2 lost: injected");
        assertThat(lines.get(3)).contains("kept");
    }

    @Test
    void whatIsLostIsUntoldUntilItsGapIsOnDisk() throws Exception {
        try (Trail trail = open(files, options(1000))) {
            assertThat(append(trail, "before", Wait.DURABLE).await(LONG)).isTrue();
            assertThat(trail.untold()).isZero();
            broken.set(true);
            assertThat(append(trail, "waiting", Wait.DURABLE).await(LONG)).isFalse();
            for (int attempt = 0; attempt < 20; attempt++) { // a gap record that is not on disk has told nothing
                assertThat(append(trail, "at once", Wait.DURABLE).isLost()).isTrue();
                assertThat(trail.untold()).isEqualTo(attempt + 2);
                Thread.sleep(3);
            }
            broken.set(false);
            EvidenceFixture.await(() -> trail.status().isWriting());
            EvidenceFixture.await(() -> trail.untold() == 0);
            assertThat(trail.counts().lost()).isEqualTo(21);
        }
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("21 lost"));
    }

    @Test
    void failureThatLostNothingLeavesNoGap() throws IOException {
        try (Trail trail = open(files, options(1000))) {
            broken.set(true);
            Ticket kept = append(trail, "kept", Wait.NONE);
            EvidenceFixture.await(() -> !trail.status().isWriting());
            broken.set(false);
            assertThat(kept.await(LONG)).isTrue();
        }
        assertThat(TrailAssert.lines(folder)).hasSize(3).noneMatch(line -> line.contains("audit.gap"));
    }

    @Test
    void fullQueueLosesCountsAndTells() throws IOException {
        try (Trail trail = open(files, options(10))) {
            append(trail, "first", Wait.DURABLE).await(LONG);
            broken.set(true);
            for (int i = 0; i < 25; i++) {
                append(trail, "n" + i, Wait.NONE);
            }
            assertThat(trail.counts()).isEqualTo(new TrailCounts(27, 2, 15, 0, 10));
            broken.set(false);
            EvidenceFixture.await(() -> trail.counts().queued() == 0);
        }
        assertThat(TrailAssert.lines(folder)).hasSize(14).anyMatch(line -> line.contains("15 lost: queue full"));
    }

    @Test
    void closingWhileFailingLosesTheRestAndEnds() throws IOException {
        Trail trail = open(files, options(1000));
        assertThat(append(trail, "first", Wait.DURABLE).await(LONG)).isTrue();
        broken.set(true);
        Ticket kept = append(trail, "kept", Wait.NONE);
        trail.close();
        assertThat(kept.isLost()).isTrue();
        assertThat(trail.counts()).isEqualTo(new TrailCounts(3, 2, 1, 0, 0));
        open(TrailFiles.onDisk(), options(10)).close();
        assertThatTrail(folder).verifies();
    }

    @Test
    void closingDuringAnAttemptThatFailsLeavesNothingQueued() throws Exception {
        AtomicReference<Trail> open = new AtomicReference<>();
        AtomicReference<Ticket> late = new AtomicReference<>();
        Thread closer = new Thread(() -> open.get().close());
        TrailFiles closing = new FaultyFiles(
                n -> {
                    if (open.get() != null && !open.get().status().isWriting() && late.get() == null) {
                        late.set(append(open.get(), "late", Wait.NONE));
                        closer.start();
                        EvidenceFixture.await(() -> closer.getState() == Thread.State.TIMED_WAITING);
                    }
                    return broken.get();
                },
                false);
        Trail trail = open(closing, options(1000));
        assertThat(append(trail, "first", Wait.DURABLE).await(LONG)).isTrue();
        open.set(trail);
        broken.set(true);
        append(trail, "fails", Wait.DURABLE).await(LONG);
        EvidenceFixture.await(() -> trail.status() instanceof TrailStatus.Closed);
        closer.join();
        assertThat(late.get().isLost()).isTrue();
        assertThat(trail.counts()).isEqualTo(new TrailCounts(4, 2, 2, 0, 0));
    }

    @Test
    void readerOfWhatIsDurableIsGivenNoLineThatAFailingDiskTookBack() throws IOException {
        List<String> read = new ArrayList<>();
        AtomicReference<Durable> before = new AtomicReference<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            FaultyFiles forces = FaultyFiles.where(
                    (call, file) -> {
                        boolean fails = call.equals("force") && before.get() != null;
                        if (fails) { // what is written by now, and about to be taken back, is read ahead
                            readAll(reader, before.getAndSet(null), read);
                        }
                        return fails;
                    },
                    "no space left");
            try (Trail trail = open(forces, options(1000, 0))) {
                assertThat(append(trail, "first", Wait.DURABLE).await(LONG)).isTrue();
                before.set(trail.durable());
                append(trail, "kept", Wait.NONE);
                append(trail, "lost", Wait.DURABLE).await(LONG);
                EvidenceFixture.await(
                        () -> trail.status().isWriting() && trail.counts().queued() == 0);
                assertThat(append(trail, "last", Wait.DURABLE).await(LONG)).isTrue();
                readAll(reader, trail.durable(), read);
                assertThat(read).isEqualTo(TrailAssert.lines(folder));
            }
        }
        assertThat(read).hasSizeGreaterThan(4).noneMatch(line -> line.contains("\"lost\""));
    }

    private static void readAll(TrailReader reader, Durable durable, List<String> lines) {
        try {
            while (reader.next(durable)) {
                lines.add(new String(reader.line(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void deletedSegmentIsNoticedBeforeAnythingIsAcknowledged() throws IOException {
        try (Trail trail = open(TrailFiles.onDisk(), options(1000, 0))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            Files.delete(SegmentName.of(folder.resolve("entries"), 0).file());
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isFalse();
            EvidenceFixture.await(() -> trail.status().isWriting());
            assertThat(append(trail, "c", Wait.DURABLE).await(LONG)).isTrue();
        }
        assertThat(TrailAssert.lines(folder))
                .hasSize(3)
                .first()
                .asString()
                .contains("audit.gap", "1 lost", "deleted or replaced by somebody else", ":2}}");
    }

    @Test
    void whatADeletedSegmentHeldIsWrittenAnewFromTheLog() throws IOException {
        try (Trail trail = open(TrailFiles.onDisk(), options(1000))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            Files.delete(SegmentName.of(folder.resolve("entries"), 0).file());
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isFalse();
            EvidenceFixture.await(() -> trail.status().isWriting());
            assertThat(append(trail, "c", Wait.DURABLE).await(LONG)).isTrue();
        }
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).contains("\"a\"");
        assertThat(lines.get(2)).contains("audit.gap", "1 lost", "deleted or replaced by somebody else", ":2}}");
    }

    @Test
    void deletedLogIsToldIfASegmentIsDeletedToo() throws IOException {
        try (Trail trail = open(TrailFiles.onDisk(), options(1000))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            Files.delete(SegmentName.of(folder.resolve("entries"), 0).file());
            Files.delete(LogFile.path(folder));
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isFalse();
            EvidenceFixture.await(() -> trail.status().isWriting());
        }
        assertThat(TrailAssert.lines(folder))
                .hasSize(2)
                .first()
                .asString()
                .contains("audit.gap", "1 lost", "does not hold the records 0 to 1", ":2}}");
    }

    @Test
    void deletedLogIsDoneWithout() throws IOException {
        try (Trail trail = open(TrailFiles.onDisk(), options(1000))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            Files.delete(LogFile.path(folder));
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isTrue();
            assertThat(trail.status().isWriting()).isTrue();
            EvidenceFixture.await(() -> {
                append(trail, "more", Wait.DURABLE).await(LONG);
                return Files.exists(LogFile.path(folder));
            });
        }
        assertThatTrail(folder).verifies();
    }

    @Test
    void deletedFolderIsMadeAgain() throws IOException {
        try (Trail trail = open(TrailFiles.onDisk(), options(1000))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            deleteFolder();
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isFalse();
            EvidenceFixture.await(() -> trail.status().isWriting());
            assertThat(append(trail, "c", Wait.DURABLE).await(LONG)).isTrue();
        }
        assertThatTrail(folder).hasLines(3);
    }

    @Test
    void segmentCutUnderneathIsToldAndNotWrittenAgain() throws IOException {
        Path segment = SegmentName.of(folder.resolve("entries"), 0).file();
        try (Trail trail = open(TrailFiles.onDisk(), options(1000, 0))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.truncate(20);
            }
            Ticket kept = append(trail, "b", Wait.NONE);
            assertThat(kept.await(LONG)).isTrue();
        }
        assertThat(Files.size(segment)).isEqualTo(20);
        assertThat(Files.readString(SegmentName.of(folder.resolve("entries"), 2).file()))
                .contains("audit.gap", "has 20 bytes, not ", ":2}}", "audit.stopped");
    }

    @Test
    void whatWasCutOffUnderneathIsWrittenAnewFromTheLog() throws IOException {
        Path segment = SegmentName.of(folder.resolve("entries"), 0).file();
        try (Trail trail = open(TrailFiles.onDisk(), options(1000))) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            TrailAssert.awaitLines(folder, 2);
            try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
                channel.truncate(20);
            }
            assertThat(append(trail, "b", Wait.NONE).await(LONG)).isTrue();
        }
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).contains("\"a\"");
        assertThat(lines.subList(2, 4)) // what is in the log first stands before what was found wrong with the segment
                .haveExactly(1, new Condition<>(line -> line.contains("\"b\""), "b"))
                .haveExactly(1, new Condition<>(line -> line.contains("has 20 bytes, not "), "a gap"));
    }

    @Test
    void errorInTheChronicleIsAFailureAndNotTheEnd() throws IOException {
        loseOneThatIsToldAfter("bad day", () -> {
            throw new IllegalStateException("a bad day");
        });
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("audit.gap"));
    }

    /**
     * Loses a record of which the chronicle can not tell at first.
     *
     * @param cause how the status tells of that
     * @param failure throws
     */
    private void loseOneThatIsToldAfter(String cause, Runnable failure) throws IOException {
        AtomicBoolean bad = new AtomicBoolean(true);
        Chronicle chronicle = new FailingChronicle(bad, failure);
        try (Trail trail = Trail.open(options(1), files, Clock.systemUTC(), chronicle, TrailMeter.NONE)) {
            broken.set(true);
            append(trail, "x".repeat(20), Wait.NONE);
            append(trail, "lost", Wait.NONE);
            broken.set(false);
            EvidenceFixture.await(() -> trail.status() instanceof TrailStatus.Failing failing
                    && failing.cause().contains(cause));
            bad.set(false);
            EvidenceFixture.await(
                    () -> trail.status().isWriting() && trail.counts().queued() == 0);
        }
    }

    @Test
    void failureThatThereIsNoMemoryToDealWithIsNotTheEnd() throws IOException {
        AtomicReference<Trail> open = new AtomicReference<>();
        List<TrailStatus> meanwhile = new CopyOnWriteArrayList<>();
        FaultyFiles exhausted = FaultyFiles.where(
                (call, file) -> {
                    boolean cuts = call.equals("open") || call.equals("truncate");
                    if (broken.get() && cuts && meanwhile.size() < 3) { // what is given up is cut off
                        meanwhile.add(open.get().status());
                        throw new OutOfMemoryError("injected");
                    }
                    return broken.get() && call.equals("force");
                },
                "Input/output error");
        try (Trail trail = open(exhausted, options(1000, 0))) {
            open.set(trail);
            assertThat(append(trail, "first", Wait.DURABLE).await(LONG)).isTrue();
            broken.set(true);
            Ticket kept = append(trail, "kept", Wait.NONE);
            assertThat(append(trail, "waiting", Wait.DURABLE).await(LONG)).isFalse();
            EvidenceFixture.await(() -> trail.status() instanceof TrailStatus.Failing failing
                    && failing.cause().contains("injected into force"));
            broken.set(false);
            assertThat(kept.await(LONG)).isTrue();
            assertThat(append(trail, "again", Wait.DURABLE).await(LONG)).isTrue();
            assertThat(trail.counts()).isEqualTo(new TrailCounts(6, 5, 1, 0, 0));
        }
        assertThat(meanwhile).isNotEmpty();
        assertThat(TrailAssert.lines(folder))
                .hasSize(6)
                .haveExactly(1, new Condition<>(line -> line.contains("1 lost"), "a gap"));
    }

    @Test
    void gapThatThereWasNoMemoryToTellOfIsToldLater() throws IOException {
        loseOneThatIsToldAfter("OutOfMemoryError", () -> {
            throw new OutOfMemoryError("injected");
        });
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("1 lost: queue full"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"appended", "forced", "lost", "failed", "logFailed"})
    void meterThatThrowsCostsNothing(String method) throws IOException {
        for (Throwable thrown : List.of(new IllegalStateException("bad day"), new NoClassDefFoundError("bad day"))) {
            assertCostsNothing(
                    ThrowingMeter.at(method, thrown),
                    folder.resolve(thrown.getClass().getName()));
        }
    }

    /** Nor in a failure. */
    private void assertCostsNothing(ThrowingMeter meter, Path trails) throws IOException {
        TrailOptions options = new TrailOptions(
                trails,
                1 << 20,
                Duration.ofDays(1),
                10,
                1 << 20,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Retention.ALL,
                64 << 10);
        try (Trail trail = Trail.open(options, files, Clock.systemUTC(), new PlainChronicle(), meter.meter())) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
            Files.delete(LogFile.path(trails));
            assertThat(append(trail, "without a log", Wait.DURABLE).await(LONG)).isTrue();
            broken.set(true);
            assertThat(append(trail, "lost", Wait.DURABLE).await(LONG)).isFalse();
            broken.set(false);
            EvidenceFixture.await(() -> trail.status().isWriting());
            assertThat(append(trail, "b", Wait.DURABLE).await(LONG)).isTrue();
            assertThat(trail.status().isWriting()).isTrue();
        }
        assertThat(meter.calls()).hasPositiveValue();
        assertThatTrail(trails).hasLines(6);
    }

    @Test
    void closeEndsWhereAFailureCanNotBeDealtWith() throws IOException {
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new NoClassDefFoundError("a clock's bad day");
            }
            return Instant.now();
        };
        Trail trail =
                Trail.open(options(10), files, clock.withZone(ZoneOffset.UTC), new PlainChronicle(), TrailMeter.NONE);
        assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
        broken.set(true);
        Ticket waiting = append(trail, "waiting", Wait.DURABLE);
        EvidenceFixture.await(() -> !trail.status().isWriting());
        trail.close(Duration.ofSeconds(5));
        assertThat(trail.status()).isInstanceOf(TrailStatus.Closed.class);
        assertThat(waiting.isLost()).isTrue();
        assertThat(trail.counts()).isEqualTo(new TrailCounts(3, 2, 1, 0, 0));
        open(TrailFiles.onDisk(), options(10)).close(); // its lock is free
        assertThatTrail(folder).verifies();
    }

    @Test
    void whatSomebodyDoesToASegmentWhileItStopsIsToldBeforeTheLastRecord() throws IOException {
        Path segment = SegmentName.of(folder.resolve("entries"), 0).file();
        AtomicBoolean done = new AtomicBoolean();
        Chronicle chronicle = new StoppingChronicle(() -> {
            if (!done.getAndSet(true)) {
                Files.writeString(segment, "somebody else's", StandardOpenOption.APPEND);
            }
        });
        try (Trail trail =
                Trail.open(options(10), TrailFiles.onDisk(), Clock.systemUTC(), chronicle, TrailMeter.NONE)) {
            assertThat(append(trail, "a", Wait.DURABLE).await(LONG)).isTrue();
        }
        List<String> all = new ArrayList<>();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            while (reader.next()) {
                all.add(new String(reader.line(), UTF_8));
            }
        }
        assertThat(all).anyMatch(line -> line.contains("audit.gap") && line.contains("changed by somebody else"));
        assertThat(all).last().asString().contains("audit.stopped");
    }

    @Test
    void clockSetBackDisturbsNothing() throws IOException {
        Instant[] now = {Instant.parse("2030-01-01T00:00:00Z")};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                now[0] = now[0].minusSeconds(3600);
                return now[0];
            }
        };
        try (Trail trail = Trail.open(options(10), files, clock, new PlainChronicle(), TrailMeter.NONE)) {
            append(trail, "first", Wait.DURABLE).await(LONG);
            broken.set(true);
            append(trail, "a", Wait.DURABLE).await(LONG);
            append(trail, "b", Wait.DURABLE).await(LONG);
            broken.set(false);
            EvidenceFixture.await(() -> trail.status().isWriting());
        }
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("2 lost"));
    }

    /** Something that may fail. */
    private interface Deed {
        void run() throws IOException;
    }

    /** @param first what is done before the last record is worded */
    private static final class StoppingChronicle extends PlainChronicle {
        private final Deed first;

        StoppingChronicle(Deed first) {
            this.first = first;
        }

        @Override
        public byte[] stopped(Stopped stopped) {
            try {
                first.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return super.stopped(stopped);
        }
    }

    private static final class FailingChronicle extends PlainChronicle {
        private final AtomicBoolean bad;
        private final Runnable fault;

        FailingChronicle(AtomicBoolean bad, Runnable fault) {
            this.bad = bad;
            this.fault = fault;
        }

        @Override
        public byte[] gap(Gap gap) {
            if (bad.get()) {
                fault.run();
            }
            return super.gap(gap);
        }
    }

    private TrailOptions options(int queue) {
        return options(queue, 64 << 10);
    }

    private TrailOptions options(int queue, long walBytes) {
        return new TrailOptions(
                folder,
                1 << 20,
                Duration.ofDays(1),
                queue,
                1 << 20,
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Retention.ALL,
                walBytes);
    }

    private static Trail open(TrailFiles files, TrailOptions options) throws IOException {
        return Trail.open(options, files, Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private static Ticket append(Trail trail, String detail, Wait wait) {
        byte[] line = PlainChronicle.line("test", detail);
        return trail.append(line, line.length, wait);
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
