package io.certrail.trail;

import static io.certrail.trail.TrailAssert.assertThatTrail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecoveryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"event\":\"torn\",\"audit\":{\"sequence\":3}",
                "{\"event\":\"torn\",\"audit\":{\"sequence\":3}}",
                "{\"event\":\"torn\"}\n",
                "\u0000\u0000\u0000\u0000",
                "garbage\nmore garbage\nand more",
                "{\"audit\":{\"a\":1,\"sequence\":03}}\n",
                "\n"
            })
    void tornEndIsSetAsideAndTold(String torn) throws IOException {
        write(0, line(0) + line(1) + line(2) + torn);
        open().close();
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(4)).contains("audit.recovered").contains(torn.length() + " bytes");
        List<TrailFiles.Listed> parts = TrailFiles.onDisk().list(folder.resolve("torn"));
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).file().getFileName())
                .hasToString("00000000000000000000.jsonl-" + (3 * line(0).length()) + ".part");
        assertThat(Files.readString(parts.get(0).file())).isEqualTo(torn);
    }

    @Test
    void secondTearAtTheSamePlaceOverwritesNothing() throws IOException {
        for (String torn : List.of("one", "two")) {
            write(0, line(0) + torn);
            Files.deleteIfExists(LogFile.path(folder)); // it knows of the lines that this cut off
            open().close();
        }
        assertThat(TrailFiles.onDisk().list(folder.resolve("torn"))).hasSize(2);
    }

    @Test
    void trailWhoseOnlyLineIsTornBeginsAnew() throws IOException {
        write(0, "{\"event\"");
        open().close();
        assertThatTrail(folder).hasLines(3);
    }

    @Test
    void emptyLastSegmentTellsTheNextNumber() throws IOException {
        write(0, line(0) + line(1));
        write(2, "");
        open().close();
        assertThatTrail(folder).hasLines(4);
    }

    @Test
    void voidLinesAfterAFailedForceAreSetAside() throws IOException {
        write(0, line(0) + line(1) + line(2) + line(3));
        write(2, line(2));
        assertThat(TrailAssert.lines(folder)).hasSize(3);
        open().close();
        assertThatTrail(folder).hasLines(6);
        assertThat(Files.readString(path(0))).isEqualTo(line(0) + line(1));
        assertThat(TrailFiles.onDisk().list(folder.resolve("torn"))).hasSize(1);
    }

    @Test
    void halfALineAtTheEndOfAClosedSegmentIsSetAside() throws IOException {
        write(0, line(0) + line(1) + "{\"half");
        write(2, line(2));
        open().close();
        assertThatTrail(folder).hasLines(6);
    }

    /** A file system writes blocks in any order: the end of a line may be there, and its middle not. */
    @Test
    void lineWithABlockThatNeverGotToDiskIsSetAside() throws IOException {
        open().close();
        String torn = line(3).replace("x", "\u0000".repeat(4096));
        Files.writeString(path(0), line(2) + torn + line(4), StandardOpenOption.APPEND);
        open().close();
        List<String> lines = TrailAssert.lines(folder);
        assertThat(lines).hasSize(6).noneMatch(line -> line.contains("\u0000"));
        assertThat(lines.get(4)).contains("audit.recovered");
        assertThat(TrailFiles.onDisk().list(folder.resolve("torn")))
                .singleElement()
                .satisfies(part -> assertThat(part.bytes()).isEqualTo(torn.length() + line(4).length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"garbage\n", "{\"a\":{\"b\":1,\"sequence\":7}}\n", "{\"a\":{\"b\":1,\"sequence\":0}}\n", "\n"})
    void damagedMiddleIsRefusedWithFileAndOffset(String damage) throws IOException {
        write(0, line(0) + damage + line(1));
        String before = Files.readString(path(0));
        assertThatThrownBy(this::open)
                .isInstanceOf(TrailDamagedException.class)
                .hasMessageContaining(path(0).toString())
                .hasMessageContaining("at byte " + line(0).length())
                .hasMessageContaining("Keep a copy");
        assertThat(Files.readString(path(0))).isEqualTo(before);
        assertThatThrownBy(() -> TrailAssert.lines(folder)).hasRootCauseInstanceOf(TrailDamagedException.class);
    }

    @Test
    void missingLinesBeforeTheLastSegmentAreRefused() throws IOException {
        write(0, line(0) + line(1));
        write(3, line(3));
        assertThatThrownBy(this::open).isInstanceOf(TrailDamagedException.class).hasMessageContaining("2");
    }

    @Test
    void refusedTrailIsUnlocked() throws IOException {
        write(0, line(0) + line(2));
        assertThatThrownBy(this::open).isInstanceOf(TrailDamagedException.class);
        write(0, line(0) + line(1));
        open().close();
    }

    @Test
    void onlyTheLastSegmentIsRead() throws IOException {
        write(0, "not read");
        write(5, line(5));
        write(6, line(6));
        open().close();
        assertThat(Files.readString(path(6))).startsWith(line(6)).contains(":7}}", ":8}}");
    }

    @Test
    void otherFilesAmongTheSegmentsAreLeftAlone() throws IOException {
        write(0, line(0));
        Path other = Files.writeString(folder.resolve("entries").resolve("notes.txt"), "mine");
        open().close();
        assertThat(other).hasContent("mine");
        assertThatTrail(folder).hasLines(3);
    }

    private static String line(long sequence) {
        return new String(PlainChronicle.line("x", "y"), UTF_8) + sequence + "}}\n";
    }

    private Path path(long first) {
        return SegmentName.of(folder.resolve("entries"), first).file();
    }

    private void write(long first, String content) throws IOException {
        Files.createDirectories(folder.resolve("entries"));
        Files.writeString(
                path(first),
                content,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    private Trail open() throws IOException {
        return Trail.open(
                TrailOptions.of(folder), TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }
}
