package io.certrail.trail;

import static io.certrail.trail.EvidenceAssert.assertThatEvidence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailRepairTest {
    private static final String TORN = "{\"time\":\"2026-11-25T16:00";

    @TempDir
    Path parent;

    private Path folder;
    private EvidenceFixture trail;

    @BeforeEach
    void name() {
        folder = parent.resolve("trail");
        trail = new EvidenceFixture(folder).segmentBytes(4096);
    }

    @Test
    void trailThatWasClosedIsLeftAlone() throws IOException {
        trail.live("boot-1", 50);
        FolderSnapshot before = FolderSnapshot.of(folder);

        assertThat(repair(folder).plan().isNeeded()).isFalse();
        assertThat(run(folder)).isEqualTo(new Repairs(List.of(), 52, 52, 52));
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
    }

    @Test
    void tornEndIsSetAsideAndToldAndASecondRunHasNothingToDo() throws IOException {
        trail.live("boot-1", 50);
        append(last(), TORN);
        FolderSnapshot before = FolderSnapshot.of(folder);

        Repairs planned = repair(folder).plan();
        assertThat(FolderSnapshot.of(folder)).as("a plan touches nothing").isEqualTo(before);
        Repairs done = run(folder);

        assertThat(planned.setAside()).hasSize(1).first().satisfies(torn -> {
            assertThat(torn.bytes()).isEqualTo(TORN.length());
            assertThat(folder.resolve("torn").resolve(torn.setAside())).hasContent(TORN);
        });
        assertThat(done.setAside().get(0).setAside())
                .isEqualTo(planned.setAside().get(0).setAside());
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(55);
        assertThat(lines.subList(52, 55))
                .extracting(TrailRepairTest::name)
                .containsExactly("audit.started", "audit.recovered", "audit.stopped");
        assertThatEvidence(trail).hasAllTiles();
        FolderSnapshot repaired = FolderSnapshot.of(folder);
        assertThat(run(folder).isNeeded()).isFalse();
        assertThat(FolderSnapshot.of(folder)).isEqualTo(repaired);
    }

    @Test
    void trailOfAnotherUserIsRefusedAndLeftAsItIs() throws IOException {
        trail.live("boot-1", 50);
        append(last(), TORN);
        FolderSnapshot entries = FolderSnapshot.of(folder.resolve("entries"));
        TrailRepair repair = TrailRepair.of(asRoot(), folder, CheckpointOptions.defaults(), Clock.systemUTC());

        assertThat(repair.plan().isNeeded()).isTrue();
        assertThatThrownBy(() -> repair.run(new RecordChronicle("repair"), "repair"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are alice's, and what this process makes is root's")
                .hasMessageContaining("`sudo -u alice`");
        assertThat(FolderSnapshot.of(folder.resolve("entries"))).isEqualTo(entries);
        assertThat(folder.resolve("torn")).doesNotExist();
        assertThat(folder.resolve("repair.new")).doesNotExist();
        assertThat(run(folder).isNeeded()).isTrue();
    }

    /** The disk, with records of one user and what is made now of another. */
    private static TrailFiles asRoot() {
        TrailFiles disk = TrailFiles.onDisk();
        return (TrailFiles) Proxy.newProxyInstance(
                TrailFiles.class.getClassLoader(), new Class<?>[] {TrailFiles.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("owner")) {
                        return ((Path) arguments[0]).toString().endsWith(".jsonl") ? "alice" : "root";
                    }
                    try {
                        return method.invoke(disk, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause(); // such as that there is no file
                    }
                });
    }

    /** Power is lost while records stand in the log alone: a repair and a start leave the same. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 30})
    void afterALossOfPowerItDoesWhatAStartDoes(int records) throws IOException {
        losePower(records);
        Path started = parent.resolve("started");
        FolderSnapshot.copy(folder, started);
        FolderSnapshot before = FolderSnapshot.of(folder);

        Repairs planned = repair(folder).plan();
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
        assertThat(planned.replayed()).isPositive();
        assertThat(planned.setAside()).hasSize(1);
        assertThat(run(folder).replayed()).isEqualTo(planned.replayed());
        EvidenceFixture other = new EvidenceFixture(started).segmentBytes(4096);
        other.live("repair", 0);

        assertThat(TrailAssert.lines(folder)).isEqualTo(TrailAssert.lines(started));
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("record " + (records - 1) + "\""));
        assertThat(torn(folder)).isEqualTo(torn(started));
        assertThatEvidence(trail).hasAllTiles();
        assertThatEvidence(other).hasAllTiles();
    }

    @Test
    void whatNoCheckpointHoldsIsSealed() throws IOException {
        trail.live("boot-1", 50);
        try (Trail plain = Trail.open(
                trail.options(), TrailFiles.onDisk(), Clock.systemUTC(), new RecordChronicle("b"), TrailMeter.NONE)) {
            EvidenceFixture.append(plain, "b", 5);
        }
        assertThat(repair(folder).plan()).isEqualTo(new Repairs(List.of(), 59, 59, 52));
        assertThat(run(folder).unsealed()).isEqualTo(7);
        assertThatEvidence(trail).hasAllTiles();
    }

    @Test
    void trailThatIsBeingWrittenIsRefusedAndWrittenOn() throws IOException {
        try (Trail open = trail.open("boot-1")) {
            assertThatThrownBy(() -> repair(folder).plan()).isInstanceOf(TrailLockedException.class);
            assertThatThrownBy(() -> run(folder)).isInstanceOf(TrailLockedException.class);
            EvidenceFixture.append(open, "boot-1", 20);
        }
        assertThatEvidence(trail).isComplete();
        assertThat(TrailAssert.lines(folder)).hasSize(22);
    }

    @Test
    void planKeepsWritersAwayWhileItReads() throws IOException {
        trail.live("boot-1", 5);
        AtomicBoolean refused = new AtomicBoolean();
        FaultyFiles files = FaultyFiles.where((call, file) -> call.equals("list") && isTurnedAway(refused), "");
        assertThat(TrailRepair.of(files, folder, CheckpointOptions.defaults(), Clock.systemUTC())
                        .plan()
                        .isNeeded())
                .isFalse();
        assertThat(refused).isTrue();
        trail.live("boot-2", 5);
    }

    @Test
    void lineThatIsMissingOrChangedIsRefusedWithNothingChanged() throws IOException {
        trail.live("boot-1", 100);
        List<Path> segments = segments();
        assertThat(segments).hasSizeGreaterThan(4);
        String first = Files.readString(segments.get(0));
        refused(segments.get(0), first.substring(0, first.length() - 40), "missing");
        refused(segments.get(0), first + TORN, "bytes that are no line");
        refused(segments.get(1), Files.readString(segments.get(1)).replaceFirst("\\d+}}\n$", "7}}\n"), "No line");
        String end = Files.readString(last());
        refused(last(), end.replaceFirst("\n\\{", "\nx\n{"), "does not hash|should stand|but its checkpoint");
        refused(last(), end.substring(0, end.lastIndexOf("{\"time")), "lines were cut off");
        refused(last(), end.replaceFirst("record", "rekord").replaceFirst("audit.stopped", "audit.stoPPed"), "hash");
        Path beforeLast = segments.get(segments.size() - 2);
        String cut = Files.readString(beforeLast);
        refused(beforeLast, cut.substring(0, cut.length() - 40), "missing");
    }

    /** What a failed force leaves at the end of a segment is void, and stays so. */
    @Test
    void voidLinesOfAnOlderSegmentAreNoDamage() throws IOException {
        trail.live("boot-1", 100);
        List<Path> segments = segments();
        String next = Files.readString(segments.get(1));
        append(segments.get(0), next.substring(0, next.indexOf('\n') + 1));

        assertThat(repair(folder).plan().isNeeded()).isFalse();
    }

    @Test
    void withoutTheRightPrivateKeyItIsRefusedAndOneFromElsewhereIsTaken() throws IOException {
        trail.live("boot-1", 20);
        append(last(), TORN);
        Path key = parent.resolve("key");
        Files.move(folder.resolve("key"), key);
        FolderSnapshot before = FolderSnapshot.of(folder);

        assertThatThrownBy(() -> run(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("private key")
                .hasMessageContaining("--private-key");
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
        CheckpointOptions plain = CheckpointOptions.defaults();
        CheckpointOptions elsewhere = new CheckpointOptions(plain.interval(), plain.idle(), key, null);
        TrailRepair.of(TrailFiles.onDisk(), folder, elsewhere, Clock.systemUTC())
                .run(new RecordChronicle("repair"), "repair");
        assertThatEvidence(trail).hasAllTiles();
    }

    @Test
    void trailFromBeforeCheckpointsGetsNoKey() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
        String line = new String(RecordChronicle.line("b", "x", "success", "y"), UTF_8) + "0}}\n";
        Files.writeString(folder.resolve("entries/00000000000000000000.jsonl"), line + TORN);

        assertThat(run(folder).setAside()).hasSize(1);
        assertThat(folder.resolve("key.pub")).doesNotExist();
        assertThat(TrailAssert.lines(folder)).hasSize(4);
        assertThat(run(folder).isNeeded()).isFalse();
    }

    @Test
    void logStaysAsLargeAsTheServerMadeIt() throws IOException {
        losePower(20);
        long size = Files.size(LogFile.path(folder));
        run(folder);
        assertThat(Files.size(LogFile.path(folder))).isEqualTo(size);
    }

    @Test
    void diskThatIsFullIsToldAndTheNextRunDoesTheRest() throws IOException {
        losePower(20);
        FaultyFiles full = FaultyFiles.where(
                (call, file) -> call.equals("create") && file.startsWith(folder.resolve("entries")),
                "No space left on device");
        assertThatThrownBy(() -> TrailRepair.of(full, folder, CheckpointOptions.defaults(), Clock.systemUTC())
                        .run(new RecordChronicle("repair"), "repair"))
                .hasMessageContaining("Not all could be put right")
                .hasMessageContaining("run it again");
        assertThat(run(folder).isNeeded()).isTrue();
        assertThatEvidence(trail).hasAllTiles();
        assertThat(TrailAssert.lines(folder)).anyMatch(line -> line.contains("record 19\""));
    }

    /** Whatever call fails: nothing is lost, and the next run does what is left. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void faultAtAnyCallLosesNothing(boolean partly) throws IOException {
        losePower(20);
        int calls = callsOfARun();
        assertThat(calls).isGreaterThan(60);
        for (int at = 0; at < calls; at += 3) {
            Path copy = parent.resolve("copy-" + at);
            FolderSnapshot.copy(folder, copy);
            int faulty = at;
            FaultyFiles files = new FaultyFiles(call -> call == faulty, partly);
            try {
                TrailRepair.of(files, copy, CheckpointOptions.defaults(), Clock.systemUTC())
                        .run(new RecordChronicle("repair"), "repair");
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?s).*(injected|Not all could be put right).*");
            }
            run(copy);
            assertThatEvidence(new EvidenceFixture(copy)).hasAllTiles();
            assertThat(TrailAssert.lines(copy)).anyMatch(line -> line.contains("record 19\""));
        }
    }

    private int callsOfARun() throws IOException {
        Path copy = parent.resolve("copy");
        FolderSnapshot.copy(folder, copy);
        FaultyFiles files = new FaultyFiles(call -> false, false);
        TrailRepair.of(files, copy, CheckpointOptions.defaults(), Clock.systemUTC())
                .run(new RecordChronicle("repair"), "repair");
        return files.calls();
    }

    private void refused(Path file, String damaged, String found) throws IOException {
        String good = Files.readString(file);
        Files.writeString(file, damaged);
        FolderSnapshot before = FolderSnapshot.of(folder);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> run(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("(?s).*(" + found + ").*")
                    .hasMessageContaining("eep a copy");
        }
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
        Files.writeString(file, good);
        assertThat(repair(folder).plan().isNeeded()).isFalse();
    }

    /** Power is lost: records are durable in the log, and their segment ends somewhere in the middle of them. */
    private void losePower(int records) throws IOException {
        CheckpointOptions seldom =
                new CheckpointOptions(Duration.ofHours(1), Duration.ofHours(1), null, "test.example/log");
        EvidenceFixture losing = new EvidenceFixture(folder)
                .segmentBytes(1 << 20)
                .walBytes(1 << 20) // with room for all: else segments are forced
                .checkpoints(seldom);
        losing.live("boot-0", 3);
        long forced = Files.size(last());
        AtomicBoolean cut = new AtomicBoolean();
        try (Trail open =
                losing.files(new FaultyFiles(call -> cut.get(), false)).open("boot-1")) {
            EvidenceFixture.append(open, "boot-1", records);
            TrailAssert.awaitLines(folder, TrailAssert.durableLines(folder).size());
            cut.set(true); // so that nothing is put in order when it is closed
        }
        try (FileChannel segment = FileChannel.open(last(), StandardOpenOption.WRITE)) {
            segment.truncate(forced + 37L * records);
        }
    }

    /** Remembers whether a writer was turned away; never true, for nothing is to fail. */
    private boolean isTurnedAway(AtomicBoolean refused) {
        try {
            trail.open("boot-2").close();
        } catch (TrailLockedException e) {
            refused.set(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }

    private static TrailRepair repair(Path folder) {
        return TrailRepair.of(TrailFiles.onDisk(), folder, CheckpointOptions.defaults(), Clock.systemUTC());
    }

    private static Repairs run(Path folder) throws IOException {
        return repair(folder).run(new RecordChronicle("repair"), "repair");
    }

    private static String name(String line) {
        return line.replaceFirst(".*\"name\":\"([^\"]+)\".*", "$1");
    }

    private List<Path> segments() throws IOException {
        return SegmentName.list(TrailFiles.onDisk(), folder.resolve("entries")).stream()
                .map(SegmentName::file)
                .toList();
    }

    private Path last() throws IOException {
        List<Path> all = segments();
        return all.get(all.size() - 1);
    }

    private static List<String> torn(Path folder) throws IOException {
        Path torn = folder.resolve("torn");
        return Files.isDirectory(torn)
                ? TrailFiles.onDisk().list(torn).stream()
                        .map(each -> each.file().getFileName() + " " + each.bytes())
                        .toList()
                : List.of();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
