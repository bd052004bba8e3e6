package io.certrail.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.trail.TrailFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChunkReaderTest {
    @TempDir
    Path folder;

    /** A reader may see the writer's line half, and in the next moment whole. */
    @Test
    void whatIsAppendedAfterTheEndWasReadIsNotReadFromTheMiddleOfALine() throws IOException {
        Path file = Files.writeString(folder.resolve("0"), "{\"a\":1}\n{\"ha");
        Segment segment = new Segment(file, "0", 0, Long.MAX_VALUE, Files.size(file));
        try (ChunkReader reader = new ChunkReader(TrailFiles.onDisk(), List.of(segment))) {
            Chunk chunk = reader.next();
            assertThat(chunk).isNotNull();
            assertThat(chunk.length()).isEqualTo(8);
            assertThat(chunk.torn()).isEqualTo(4);
            Files.writeString(file, "lf\":1}\n{\"a\":2}\n", StandardOpenOption.APPEND);
            assertThat(reader.next()).isNull();
        }
    }
}
