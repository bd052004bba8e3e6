package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places that are but a file. */
class FileSinkTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final TestLog log = TestLog.make();

    @Test
    void notesAreAppendedWithAnEmptyLineAfterEach() throws IOException {
        FileSink sink = new FileSink(folder.resolve("notes"));
        sink.deliver(log.published(3));
        sink.deliver(log.published(5));

        assertThat(folder.resolve("notes")).hasContent(note(3) + "\n" + note(5) + "\n");
        assertThat(Files.readString(folder.resolve("notes")).split("(?<=\\S\n)\n(?=log)"))
                .as("notes can be told apart")
                .hasSize(2);
    }

    @Test
    void noteAfterOneThatWasCutShortBeginsAnew() throws IOException {
        Path file = folder.resolve("notes");
        Files.writeString(file, note(3).substring(0, 40));
        new FileSink(file).deliver(log.published(5));

        assertThat(Files.readString(file)).endsWith("\n\n" + note(5) + "\n");
    }

    @Test
    void fileThatWasMovedAwayIsBegunAnew() throws IOException {
        Path file = folder.resolve("notes");
        FileSink sink = new FileSink(file);
        sink.deliver(log.published(3));
        Files.move(file, folder.resolve("notes.1"));
        sink.deliver(log.published(5));

        assertThat(file).hasContent(note(5) + "\n");
    }

    @Test
    void folderThatIsNotThereIsTold() {
        FileSink sink = new FileSink(folder.resolve("volume").resolve("notes"));

        assertThatThrownBy(() -> sink.deliver(log.published(3))).isInstanceOf(NoSuchFileException.class);
        assertThat(sink.target()).isEqualTo("file:" + folder.resolve("volume").resolve("notes"));
    }

    @Test
    void standardOutputGetsOneLineOfJson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StdoutSink(out, NOON).deliver(log.published(3));

        PublishedCheckpoint checkpoint = log.published(3);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"2026-01-02T12:00:00Z\",\"certrail\":\"checkpoint\","
                        + "\"origin\":\"log.example/certrail\",\"size\":3,\"root\":\"" + checkpoint.root()
                        + "\",\"note\":\""
                        + checkpoint.note().replace("\n", "\\n").replace("\u2014", "\\u2014") + "\"}\n");
    }

    private String note(long size) {
        return log.published(size).note();
    }
}
