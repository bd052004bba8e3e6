package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailLinesTest {
    @TempDir
    Path folder;

    private final List<String> opened = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private TrailLines lines;

    @BeforeEach
    void writeThreeSegments() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
        write(0, 3);
        write(3, 6);
        write(6, 9);
        lines = TrailLines.of(
                FaultyFiles.where(
                        (call, file) -> call.equals("read") && !opened.add(String.valueOf(file.getFileName())), ""),
                folder);
    }

    @Test
    void oneAfterTheOtherOpensEachSegmentOnce() throws IOException {
        try (TrailLines.Reading reading = lines.read()) {
            for (long sequence = 8; sequence >= 0; sequence--) {
                assertThat(reading.find(sequence, offset(sequence))).contains(line(sequence));
            }
        }
        assertThat(opened).containsExactly(name(6), name(3), name(0));
    }

    @Test
    void inAnyOrder() throws IOException {
        try (TrailLines.Reading reading = lines.read()) {
            for (long sequence : new long[] {4, 0, 8, 5, 3, 1}) {
                assertThat(reading.find(sequence, offset(sequence))).contains(line(sequence));
            }
        }
    }

    @Test
    void offsetThatLeadsElsewhereGivesNothing() throws IOException {
        try (TrailLines.Reading reading = lines.read()) {
            assertThat(reading.find(4, offset(5))).isEmpty();
            assertThat(reading.find(4, offset(4) + 1)).isEmpty();
            assertThat(reading.find(4, 1 << 20)).isEmpty();
            assertThat(reading.find(4, -1)).isEmpty();
            assertThat(reading.find(9, 0)).isEmpty();
            assertThat(reading.find(4, offset(4))).as("goes on after that").isPresent();
        }
    }

    @Test
    void whatIsWrittenAndRetiredMeanwhile() throws IOException {
        try (TrailLines.Reading reading = lines.read()) {
            assertThat(reading.find(7, offset(7))).isPresent();
            write(9, 12);
            assertThat(reading.find(10, offset(10))).contains(line(10));
            Files.delete(folder.resolve("entries").resolve(name(3)));
            assertThat(reading.find(4, offset(4))).isEqualTo(Optional.empty());
            assertThat(reading.find(1, offset(1))).contains(line(1));
        }
        assertThat(lines.first()).contains(0L);
    }

    private void write(long from, long to) throws IOException {
        StringBuilder content = new StringBuilder();
        for (long sequence = from; sequence < to; sequence++) {
            offsets.add((long) content.length());
            content.append(new String(line(sequence), UTF_8)).append('\n');
        }
        Files.writeString(folder.resolve("entries").resolve(name(from)), content);
    }

    private long offset(long sequence) {
        return offsets.get((int) sequence);
    }

    private static String name(long first) {
        return SegmentName.of(Path.of(""), first).name();
    }

    private static byte[] line(long sequence) {
        String begin = new String(PlainChronicle.line("x", "y".repeat(3000)), UTF_8);
        return (begin + sequence + "}}").getBytes(UTF_8);
    }
}
