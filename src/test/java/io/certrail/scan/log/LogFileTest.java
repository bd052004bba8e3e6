package io.certrail.scan.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    @Test
    void onlyWholeLinesThatCameAfterTheMarkAreGiven() throws IOException {
        Path file = folder.resolve("log");
        Files.writeString(file, "before\nhalf");
        var log = new LogFile(file);
        log.mark();

        append(file, " of a line\nnext");
        assertThat(log.poll()).containsExactly(" of a line");
        assertThat(log.poll()).isEmpty();
        append(file, " one\r\nlast\n");
        assertThat(log.poll()).containsExactly("next one", "last");
    }

    @Test
    void fileThatWasCutIsReadFromItsBeginning() throws IOException {
        Path file = folder.resolve("log");
        Files.writeString(file, "a long line that was there before\n");
        var log = new LogFile(file);
        log.mark();
        Files.writeString(file, "new\n");

        assertThat(log.poll()).containsExactly("new");
    }

    @Test
    void linesThatComeToTheRotatedFileAreReadBeforeThoseOfTheNewOne() throws IOException {
        Path file = marked();
        try (var log = new LogFile(file)) {
            log.mark();
            append(file, "first\n");
            Files.move(file, folder.resolve("log.1"));
            append(folder.resolve("log.1"), "second\n");
            Files.writeString(file, "third\n");

            assertThat(log.poll()).containsExactly("first", "second", "third");
            append(folder.resolve("log.1"), "of a worker that was slow\n");
            append(file, "fourth\n");
            assertThat(log.poll()).containsExactly("of a worker that was slow", "fourth");
        }
    }

    @Test
    void newFileThatIsLongerThanTheOldOneWasIsReadFromItsBeginning() throws IOException {
        Path file = marked();
        try (var log = new LogFile(file)) {
            log.mark();
            Files.move(file, folder.resolve("log.1"));
            Files.writeString(file, "a line of the new file\n".repeat(20));

            assertThat(log.poll()).hasSize(20).containsOnly("a line of the new file");
        }
    }

    @Test
    void fileThatIsAwayForAWhileIsWaitedFor() throws IOException {
        Path file = marked();
        try (var log = new LogFile(file)) {
            log.mark();
            Files.move(file, folder.resolve("log.1"));
            assertThat(log.poll()).isEmpty();
            append(folder.resolve("log.1"), "still\n");
            assertThat(log.poll()).containsExactly("still");
            Files.writeString(file, "new\n");
            assertThat(log.poll()).containsExactly("new");
        }
    }

    private Path marked() throws IOException {
        return Files.writeString(folder.resolve("log"), "before\n");
    }

    @Test
    void whatIsNoRegularFileIsRefusedBeforeTheFirstProbe() {
        assertThatThrownBy(() -> new LogFile(folder).mark())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no regular file")
                .hasMessageContaining("entries/");
        assertThatThrownBy(() -> new LogFile(Path.of("/dev/null")).mark())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a device");
    }

    @Test
    void lineWithoutEndIsCutWhereMemoryEnds() throws IOException {
        Path file = folder.resolve("log");
        Files.createFile(file);
        var log = new LogFile(file);
        log.mark();
        Files.writeString(file, "x".repeat(Tail.MAX_LINE + 5) + "\n");

        assertThat(log.poll()).extracting(String::length).containsExactly(Tail.MAX_LINE, 5);
    }

    @Test
    void fileThatIsMissingIsAnErrorThatSaysWhatToDo() {
        assertThatThrownBy(() -> new LogFile(folder.resolve("no")).mark())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not there")
                .hasMessageContaining("name the file");
        assertThatThrownBy(() -> new TrailFolder(folder).mark())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("entries/");
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
