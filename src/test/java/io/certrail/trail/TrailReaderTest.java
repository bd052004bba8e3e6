package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrailReaderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeEntries() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 9})
    void readsFromAnySequence(long from) throws IOException {
        write(0, lines(0, 2));
        write(2, lines(2, 5));
        write(5, lines(5, 6));
        assertThat(sequences(from)).isEqualTo(LongStream.range(from, 6).boxed().toList());
    }

    @Test
    void beginsAtTheFirstLineThatRetentionLeft() throws IOException {
        write(4, lines(4, 6));
        assertThat(sequences(0)).containsExactly(4L, 5L);
    }

    @Test
    void beginsAtTheFirstLineThatRetentionLeavesMeanwhile() throws IOException {
        write(0, lines(0, 2));
        write(2, lines(2, 5));
        TrailFiles files = FaultyFiles.deletedBeforeRead(folder.resolve("entries/00000000000000000000.jsonl"));
        try (TrailReader reader = TrailReader.open(files, folder, 0)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(2);
        }
    }

    @Test
    void retentionThatIsFasterIsTold() throws IOException {
        write(0, lines(0, 2));
        write(2, lines(2, 5));
        write(5, lines(5, 7));
        TrailFiles files = FaultyFiles.deletedBeforeRead(folder.resolve("entries/00000000000000000002.jsonl"));
        try (TrailReader reader = TrailReader.open(files, folder, 1)) {
            assertThat(reader.next()).isTrue();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining(
                            "00000000000000000002.jsonl: was deleted while the trail was read, by retention");
            Files.delete(folder.resolve("entries/00000000000000000000.jsonl"));
        }
        assertThat(sequences(1)).containsExactly(5L, 6L);
    }

    @Test
    void stopsAtTheLastCompleteLineAndGoesOnFromThere() throws IOException {
        write(0, lines(0, 1) + lines(1, 2).substring(0, 20));
        try (TrailReader reader = open(0)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            write(0, lines(1, 2).substring(20));
            assertThat(reader.next()).isTrue();
            assertThat(reader.line()).asString(UTF_8).isEqualTo(lines(1, 2).strip());
            assertThat(reader.next()).isFalse();
            write(2, lines(2, 3));
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(2);
        }
    }

    @Test
    void segmentMadeAnewUnderItsNameIsReadAnew() throws IOException {
        write(0, lines(0, 1));
        write(1, "");
        try (TrailReader reader = open(0)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isFalse();
            Files.delete(path(1));
            write(1, lines(1, 2));
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(1);
        }
    }

    @Test
    void voidLinesAreNotGiven() throws IOException {
        write(0, lines(0, 4) + "{\"half");
        write(2, lines(2, 3));
        assertThat(sequences(0)).containsExactly(0L, 1L, 2L);
        assertThat(sequences(2)).containsExactly(2L);
    }

    @Test
    void linesTakenBackWhileReadingComeAgain() throws IOException {
        write(0, lines(0, 3));
        try (TrailReader reader = open(0)) {
            assertThat(LongStream.range(0, 3).allMatch(n -> next(reader))).isTrue();
            write(2, lines(2, 3));
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(2);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void segmentMadeAnewUnderItsNameIsReadAnewThoughALineOfItWasTaken() throws IOException {
        write(0, lines(0, 2));
        write(2, lines(2, 4));
        try (TrailReader reader = open(0)) {
            assertThat(LongStream.range(0, 4).allMatch(n -> next(reader))).isTrue();
            assertThat(reader.next()).isFalse();
            Files.delete(path(2));
            assertThat(reader.next()).isFalse();
            write(2, anew(2, 3));
            assertThat(reader.next()).isTrue();
            assertThat(reader.line()).asString(UTF_8).isEqualTo(anew(2, 3).strip());
            assertThat(reader.next()).isFalse();
            write(2, anew(3, 4));
            write(4, lines(4, 5));
            assertThat(reader.next()).isTrue();
            assertThat(reader.line()).asString(UTF_8).isEqualTo(anew(3, 4).strip());
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(4);
        }
    }

    @Test
    void linesReadAheadOfWhatIsDurableAreNotGivenWhenTheirNumbersComeAgain() throws IOException {
        write(0, lines(0, 4));
        try (TrailReader reader = open(0)) {
            assertThat(durable(reader, new Durable(2, 1))).isEqualTo(lines(0, 2));
            write(2, anew(2, 4)); // what stood there before could not be cut off
            assertThat(durable(reader, new Durable(2, 2))).isEmpty();
            assertThat(durable(reader, new Durable(4, 2))).isEqualTo(anew(2, 4));
        }
        try (TrailReader reader = open(1)) {
            assertThat(durable(reader, new Durable(4, 2))).isEqualTo(lines(1, 2) + anew(2, 4));
        }
    }

    @Test
    void linesReadAheadOfWhatIsDurableAreNotGivenWhenTheirSegmentIsMadeAnew() throws IOException {
        write(0, lines(0, 4));
        try (TrailReader reader = open(0)) {
            assertThat(durable(reader, new Durable(2, 1))).isEqualTo(lines(0, 2));
            Files.delete(path(0));
            write(0, lines(0, 2) + anew(2, 4)); // what is durable in the log is written anew
            assertThat(durable(reader, new Durable(3, 2))).isEqualTo(anew(2, 3));
            assertThat(durable(reader, new Durable(4, 2))).isEqualTo(anew(3, 4));
            Files.delete(path(0));
            assertThat(durable(reader, new Durable(5, 3))).isEmpty();
            write(0, lines(0, 2) + anew(2, 5));
            assertThat(durable(reader, new Durable(5, 3))).isEqualTo(anew(4, 5));
        }
    }

    @Test
    void linesThatStayAreGivenOnceThoughTheyAreWrittenAnewFromTheLog() throws IOException {
        write(0, lines(0, 4));
        try (TrailReader reader = open(0)) {
            assertThat(durable(reader, new Durable(3, 1))).isEqualTo(lines(0, 3));
            assertThat(durable(reader, new Durable(5, 1))).isEqualTo(lines(3, 4)); // the fifth is in the log alone
            write(2, lines(2, 4)); // begun, and not told yet
            assertThat(durable(reader, new Durable(5, 1))).isEmpty();
            write(2, lines(4, 6));
            assertThat(durable(reader, new Durable(6, 2))).isEqualTo(lines(4, 6));
        }
    }

    @Test
    void whatIsNotDurableIsNotGivenThoughRetentionDeletedAllBefore() throws IOException {
        write(2, lines(2, 4));
        try (TrailReader reader = open(0)) {
            assertThat(durable(reader, new Durable(1, 1))).isEmpty();
            assertThat(durable(reader, new Durable(3, 1))).isEqualTo(lines(2, 3));
        }
    }

    @Test
    void missingLinesAreDamage() throws IOException {
        write(0, lines(0, 2));
        write(3, lines(3, 4));
        assertThatThrownBy(() -> sequences(0))
                .isInstanceOf(TrailDamagedException.class)
                .hasMessageContaining("2");
    }

    @Test
    void emptyTrailHasNoLine() throws IOException {
        assertThat(sequences(0)).isEmpty();
        try (TrailReader reader = open(0)) {
            assertThatThrownBy(reader::line).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> open(-1)).hasMessageContaining("expected 0 or more");
    }

    @Test
    void streamGivesTheBytesOfAllSegments() throws IOException {
        write(0, lines(0, 2));
        write(2, lines(2, 5) + "{\"torn");
        try (InputStream stream = open(0).stream()) {
            assertThat(stream.readAllBytes()).asString(UTF_8).isEqualTo(lines(0, 5));
            assertThat(stream.read()).isEqualTo(-1);
        }
        try (InputStream stream = open(4).stream()) {
            assertThat(stream.read()).isEqualTo('{');
        }
    }

    @Test
    void linesOfMegabytesAreRead() throws IOException {
        String line = "{\"a\":{\"b\":\"" + "x".repeat(5_000_000) + "\",\"sequence\":0}}\n";
        write(0, line + lines(1, 3));
        try (InputStream stream = open(0).stream()) {
            assertThat(stream.readAllBytes())
                    .hasSize(line.length() + lines(1, 3).length());
        }
    }

    @Test
    void lineBeyondAllBoundsIsDamageAndTakesNoMoreMemory() throws IOException {
        write(0, lines(0, 1) + "{" + "x".repeat(Line.MAX_LENGTH + 10) + lines(1, 2));
        assertThatThrownBy(() -> sequences(0))
                .isInstanceOf(TrailDamagedException.class)
                .hasMessageContaining("No record");
    }

    @Test
    void readsWhileTheTrailIsWritten() throws Exception {
        TrailOptions all = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                5000,
                all.segmentAge(),
                100_000,
                all.queueBytes(),
                Duration.ZERO,
                Duration.ofMillis(2),
                all.retryInterval(),
                Retention.ALL,
                64 << 10);
        try (Trail trail = Trail.open(
                        options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
                TrailReader reader = open(0)) {
            Thread producer = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    byte[] line = PlainChronicle.line("x", "y");
                    trail.append(line, line.length, i % 500 == 0 ? Wait.DURABLE : Wait.NONE)
                            .isLost();
                }
            });
            producer.start();
            long read = 0;
            while (read < 20_001) {
                if (reader.next()) {
                    assertThat(reader.sequence()).isEqualTo(read);
                    read++;
                }
            }
            producer.join();
        }
    }

    private static String durable(TrailReader reader, Durable durable) throws IOException {
        StringBuilder lines = new StringBuilder();
        while (reader.next(durable)) {
            lines.append(new String(reader.line(), UTF_8)).append('\n');
        }
        return lines.toString();
    }

    private List<Long> sequences(long from) throws IOException {
        LongStream.Builder sequences = LongStream.builder();
        try (TrailReader reader = open(from)) {
            while (reader.next()) {
                sequences.add(reader.sequence());
                String line = new String(reader.line(), UTF_8);
                assertThat(line + "\n").isEqualTo(lines(reader.sequence(), reader.sequence() + 1));
            }
        }
        return sequences.build().boxed().toList();
    }

    private static boolean next(TrailReader reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private TrailReader open(long from) {
        return TrailReader.open(TrailFiles.onDisk(), folder, from);
    }

    private Path path(long first) {
        return SegmentName.of(folder.resolve("entries"), first).file();
    }

    private void write(long first, String content) throws IOException {
        Files.writeString(path(first), content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String lines(long from, long to) {
        return lines("y", from, to);
    }

    /** Other lines of the same numbers, of another length. */
    private static String anew(long from, long to) {
        return lines("written anew", from, to);
    }

    private static String lines(String detail, long from, long to) {
        StringBuilder lines = new StringBuilder();
        for (long n = from; n < to; n++) {
            lines.append(new String(PlainChronicle.line("x", detail), UTF_8))
                    .append(n)
                    .append("}}\n");
        }
        return lines.toString();
    }
}
