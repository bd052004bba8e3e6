package io.certrail.scan.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeEntries() throws IOException {
        Files.createDirectories(folder.resolve("entries"));
    }

    @Test
    void emptyTrailIsReadFromItsBeginning() throws IOException {
        try (var trail = new TrailFolder(folder)) {
            trail.mark();
            assertThat(trail.poll()).isEmpty();
            write(0, 0, 1);
            assertThat(trail.poll()).containsExactly(line(0), line(1));
        }
    }

    /** A trail of a year would not fit into memory, nor be read in time. */
    @Test
    void endIsFoundWithoutReadingWhatIsNotInTheLastSegment() throws IOException {
        Files.writeString(segment(0), "what is no record is seen by whoever reads it\n");
        write(3, 3, 4);
        try (var trail = new TrailFolder(folder)) {
            trail.mark();
            assertThat(trail.poll()).isEmpty();
            write(3, 5);
            write(6, 6);
            assertThat(trail.poll()).containsExactly(line(5), line(6));
            assertThat(trail.poll()).isEmpty();
        }
    }

    private void write(int segment, int... sequences) throws IOException {
        for (int sequence : sequences) {
            Files.writeString(
                    segment(segment), line(sequence) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private Path segment(int first) {
        return folder.resolve("entries").resolve(String.format("%020d.jsonl", first));
    }

    private static String line(int sequence) {
        return "{\"time\":\"2026-11-25T12:00:00.000000Z\",\"audit\":{\"boot_id\":\"b\",\"sequence\":" + sequence + "}}";
    }
}
