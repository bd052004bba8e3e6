package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.trail.Durable;
import io.certrail.trail.PlainChronicle;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading while retention deletes. */
final class LinesUpToTest {
    @TempDir
    Path folder;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
    }

    @Test
    void readingBeginsAtWhatRetentionLeft() throws IOException {
        segment(4);
        try (LinesUpTo lines = from(0, 5)) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.sequence()).isEqualTo(4);
            assertThat(lines.next()).isFalse();
        }
    }

    @Test
    void retentionThatDeletedAllThatWasToBeReadIsTold() throws IOException {
        segment(5);
        try (LinesUpTo lines = from(2, 5)) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The records from 2 to 4 were deleted by retention before they were read;"
                            + " read again, from what is left");
        }
    }

    private LinesUpTo from(long first, long end) {
        return new LinesUpTo(TrailReader.open(TrailFiles.onDisk(), folder, first), new Durable(end, 1), first);
    }

    /** With one line. */
    private void segment(long first) throws IOException {
        String line = new String(PlainChronicle.line("x", "y"), UTF_8) + first + "}}\n";
        Files.writeString(folder.resolve(String.format("entries/%020d.jsonl", first)), line);
    }
}
