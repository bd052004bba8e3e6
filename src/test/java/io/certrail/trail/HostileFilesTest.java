package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.cli.CommandRun;
import io.certrail.recorder.Durability;
import io.certrail.verify.SampleTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes and links in a trail's folder, by somebody who waits for another user, such as root, to run a command there. */
final class HostileFilesTest {
    private static final String PRECIOUS = "root:x:0:0:root:/root:/bin/sh\n";

    @TempDir
    Path parent;

    private Path folder;
    private Path precious;

    @BeforeEach
    void record() throws IOException {
        folder = parent.resolve("trail");
        precious = Files.writeString(parent.resolve("passwd"), PRECIOUS);
        SampleTrail.live(folder, 100, 8192, Retention.ALL, Durability.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "key.pub"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeIsNotWaitedFor(String name) throws Exception {
        pipe(folder.resolve(name));
        CommandRun run = CommandRun.of("verify", folder.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains(folder.resolve(name) + " is a folder, a pipe or a device")
                .doesNotContain("\tat ");
    }

    /** The records are judged without it. */
    @ParameterizedTest
    @CsvSource({"tile/0/000, tile_differs", "checkpoint, checkpoint_missing"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeInPlaceOfATileOrCheckpointIsAFinding(String name, String finding) throws Exception {
        pipe(folder.resolve(name));
        CommandRun run = CommandRun.of("verify", "--format", "json", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains(finding, "is a folder, a pipe or a device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "key", "wal/log"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipeIsNotWaitedForByWhoWrites(String name) throws Exception {
        tear();
        pipe(folder.resolve(name));
        CommandRun run = CommandRun.of("repair", folder.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains(name).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rotate-key", "repair"})
    void lockThatIsALinkIsNotWrittenThrough(String command) throws IOException {
        tear();
        link(folder.resolve("lock"), precious);
        CommandRun run = CommandRun.of(command, folder.toString());

        assertThat(precious).hasContent(PRECIOUS);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains(folder.resolve("lock") + " is a symbolic link");
    }

    @Test
    void lockThatIsALinkToNothingMakesNothing() throws IOException {
        link(folder.resolve("lock"), parent.resolve("made"));
        CommandRun run = CommandRun.of("rotate-key", folder.toString());

        assertThat(parent.resolve("made")).doesNotExist();
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains(folder.resolve("lock") + " is a symbolic link");
    }

    @Test
    void segmentThatIsALinkIsNotCut() throws IOException {
        tear();
        Path moved = parent.resolve("moved.jsonl");
        Files.move(last(), moved);
        link(folder.resolve("entries").resolve(lastName), moved);
        byte[] before = Files.readAllBytes(moved);
        CommandRun run = CommandRun.of("repair", folder.toString());

        assertThat(Files.readAllBytes(moved)).isEqualTo(before);
        assertThat(folder.resolve("torn")).doesNotExist();
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains(lastName + " is a symbolic link");
    }

    /** An operator may move old segments to another disk. */
    @Test
    void segmentIsReadThroughALink() throws IOException {
        Path moved = parent.resolve("moved.jsonl");
        Files.move(last(), moved);
        link(folder.resolve("entries").resolve(lastName), moved);

        assertThat(CommandRun.of("verify", folder.toString()).out()).containsPattern("intact +yes\n");
    }

    /** Such as {@code /var/lib/certrail}, which leads to a larger disk. */
    @Test
    void folderThatIsALinkIsAsGoodAsAnyOther() throws IOException {
        tear();
        Path link = parent.resolve("linked").resolve("trail");
        link(parent.resolve("linked"), Files.createDirectory(parent.resolve("disk")));
        link(link, folder);

        assertThat(CommandRun.of("repair", link.toString()).status()).isZero();
        assertThat(CommandRun.of("rotate-key", link.toString()).status()).isZero();
        SampleTrail.live(link, 3);
        assertThat(CommandRun.of("verify", link.toString()).out())
                .containsPattern("intact +yes\n")
                .containsPattern("complete +yes\n");
    }

    private String lastName = "";

    private Path last() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("entries"))) {
            Path last = files.sorted().reduce((one, other) -> other).orElseThrow();
            lastName = String.valueOf(last.getFileName());
            return last;
        }
    }

    private void tear() throws IOException {
        Files.writeString(last(), "{\"time\":\"2026-", StandardOpenOption.APPEND);
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    private static void pipe(Path file) throws Exception {
        Files.deleteIfExists(file);
        Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }
}
