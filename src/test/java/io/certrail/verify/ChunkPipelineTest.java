package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.trail.FaultyFiles;
import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ChunkPipelineTest {
    private static final int FILES = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void givesPiecesInTheirOrder(int threads) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (ChunkPipeline pipeline = pipeline(TrailFiles.onDisk(), threads)) {
            for (ScannedChunk chunk = pipeline.next(); chunk != null; chunk = pipeline.next()) {
                for (int i = 0; i < chunk.count; i++) {
                    numbers.add(chunk.sequences[i]);
                }
                pipeline.giveBack(chunk);
            }
            assertThat(pipeline.next()).as("and after the end").isNull();
        }
        assertThat(numbers).hasSize(FILES * 100).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void fileThatCannotBeReadEndsIt(int threads) throws IOException {
        TrailFiles files = FaultyFiles.where((call, file) -> file.endsWith("20"), "Input/output error");
        try (ChunkPipeline pipeline = pipeline(files, threads)) {
            assertThatThrownBy(() -> readAll(pipeline))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Input/output error");
        }
    }

    @Test
    void errorEndsItToo() throws IOException {
        TrailFiles files = FaultyFiles.where(
                (call, file) -> {
                    if (file.endsWith("20")) {
                        throw new OutOfMemoryError("as if");
                    }
                    return false;
                },
                "");
        try (ChunkPipeline pipeline = pipeline(files, 2)) {
            assertThatThrownBy(() -> readAll(pipeline)).hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    private static void readAll(ChunkPipeline pipeline) throws IOException {
        while (pipeline.next() != null) {}
    }

    private ChunkPipeline pipeline(TrailFiles files, int threads) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                lines.append("{\"audit\":{\"x\":0,\"sequence\":")
                        .append(file * 100 + i)
                        .append("}}\n");
            }
            Path path = Files.writeString(folder.resolve(Integer.toString(file)), lines);
            segments.add(new Segment(path, String.valueOf(file), file * 100L, (file + 1) * 100L, lines.length()));
        }
        return new ChunkPipeline(new ChunkReader(files, segments), threads);
    }
}
