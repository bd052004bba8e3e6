package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.recorder.Durability;
import io.certrail.recorder.Recorder;
import io.certrail.trail.FolderSnapshot;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.verify.SampleTrail;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {
    private static final String TORN = "{\"time\":\"2026-";

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void record() throws IOException {
        folder = parent.resolve("trail");
        SampleTrail.live(folder, 10, 4096, Retention.ALL, Durability.NONE);
    }

    @Test
    void tornEndIsToldFirstAndThenSetAside() throws IOException {
        tear(last());
        FolderSnapshot before = FolderSnapshot.of(folder);
        CommandRun dry = repair("--dry-run");

        assertThat(dry.status()).isEqualTo(ExitStatus.FINDINGS);
        assertThat(dry.out()).startsWith("would be set aside").contains("14 bytes", "as torn/" + name(last()));
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);

        CommandRun run = repair();
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("set aside ").contains("14 bytes");
        assertThat(verified().out()).containsPattern("intact +yes\n").containsPattern("complete +yes\n");
        CommandRun tail = CommandRun.of("tail", "-n", "3", folder.toString());
        assertThat(tail.out()).contains("audit.started", "audit.recovered", "audit.stopped");

        CommandRun again = repair();
        assertThat(again.status()).isZero();
        assertThat(again.out()).startsWith("nothing to do:");
        assertThat(repair("--dry-run").status()).isZero();
    }

    @Test
    void programsReadTheSame() throws IOException {
        tear(last());
        JsonObject dry = json(repair("--dry-run", "--format", "json"));
        JsonObject done = json(repair("--format", "json"));
        JsonObject again = json(repair("--format", "json"));

        assertThat(dry.getBoolean("dry_run")).isTrue();
        assertThat(done.getBoolean("dry_run")).isFalse();
        assertThat(List.of(dry.getBoolean("needed"), done.getBoolean("needed"), again.getBoolean("needed")))
                .containsExactly(true, true, false);
        JsonObject torn = done.getJsonArray("set_aside").getJsonObject(0);
        assertThat(torn).isEqualTo(dry.getJsonArray("set_aside").getJsonObject(0));
        assertThat(torn.getInt("bytes")).isEqualTo(TORN.length());
        assertThat(folder.resolve(torn.getString("file"))).hasContent(TORN);
        assertThat(again.getInt("records")).isEqualTo(done.getInt("records") + 3);
    }

    @Test
    void trailThatIsBeingWrittenIsRefused() throws IOException {
        try (Trail open = SampleTrail.open(folder, Recorder.newBootId(), 60_000, Retention.ALL)) {
            for (CommandRun run : List.of(repair(), repair("--dry-run"))) {
                assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
                assertThat(run.err()).contains("is being written by", "stop the other one");
                assertThat(run.out()).isEmpty();
            }
            assertThat(open.status().isWriting()).isTrue();
        }
        assertThat(verified().status()).isZero();
    }

    @Test
    void damageThatNoCrashLeavesIsRefusedAndLeftAlone() throws IOException {
        List<Path> segments = segments();
        assertThat(segments).hasSizeGreaterThan(3);
        for (Path segment : List.of(segments.get(0), segments.get(segments.size() - 2))) {
            String good = Files.readString(segment);
            Files.writeString(segment, good.substring(0, good.length() - 30));
            FolderSnapshot before = FolderSnapshot.of(folder);
            for (CommandRun run : List.of(repair(), repair("--dry-run"))) {
                assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
                assertThat(run.err()).contains(name(segment), "missing", "nothing was repaired", "Keep a copy");
            }
            assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
            Files.writeString(segment, good);
        }
        tear(segments.get(0));
        assertThat(repair().err()).contains("bytes that are no line", "Keep a copy");
    }

    @Test
    void whatIsNoTrailIsRefused() throws IOException {
        Path empty = Files.createDirectory(parent.resolve("empty"));
        Path file = Files.writeString(parent.resolve("file"), "");
        for (Path none : List.of(empty, file, parent.resolve("nowhere"))) {
            CommandRun run = CommandRun.of("repair", none.toString());
            assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
            assertThat(run.err()).contains(none + " holds no trail: expected a folder with entries/");
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(CommandRun.of("repair").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(repair("--format", "xml").status()).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void trailOfAVersionThatNobodyKnowsIsRefused() throws IOException {
        tear(last());
        Files.writeString(folder.resolve("format"), "certrail-trail/2\n");
        assertThat(repair().err()).contains("does not say certrail-trail/1", "newer version");
    }

    @Test
    void missingKeyIsAskedForAndNothingIsChanged() throws IOException {
        tear(last());
        Path key = parent.resolve("key");
        Files.move(folder.resolve("key"), key);
        FolderSnapshot before = FolderSnapshot.of(folder);

        assertThat(repair().err()).contains("The private key", "--private-key");
        assertThat(FolderSnapshot.of(folder)).isEqualTo(before);
        assertThat(repair("--private-key", key.toString()).status()).isZero();
    }

    /** Where the folder cannot be written: on a file system that nobody writes, also as root. */
    @Test
    void folderThatCannotBeWrittenIsToldAndDryRunNeedsNoWriting() throws IOException {
        tear(last());
        Files.delete(folder.resolve("lock"));
        Files.createDirectory(
                folder.resolve("lock")); // in whose place no file can be opened to be written, also by root
        CommandRun run = repair();

        assertThat(run.status()).isEqualTo(ExitStatus.UNREADABLE);
        assertThat(run.err()).contains("lock");
    }

    @Test
    void completionKnowsItWithItsOptions() {
        assertThat(CommandRun.of("completion").out()).contains("_picocli_certrail_repair", "--dry-run");
    }

    private CommandRun repair(String... options) {
        return CommandRun.of(Stream.concat(Stream.of("repair", folder.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    private CommandRun verified() {
        return CommandRun.of("verify", folder.toString());
    }

    private static JsonObject json(CommandRun run) {
        return Json.createReader(new StringReader(run.out())).readObject();
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            return files.sorted().toList();
        }
    }

    private Path last() throws IOException {
        List<Path> all = segments();
        return all.get(all.size() - 1);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void tear(Path segment) throws IOException {
        Files.writeString(segment, TORN, StandardOpenOption.APPEND);
    }
}
