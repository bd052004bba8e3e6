package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLinesTest {
    @TempDir
    Path folder;

    @Test
    void ofALineThatIsTooLongTheBeginningIsTaken() throws Exception {
        String huge = "x".repeat(BoundedLines.MAX_LENGTH + 3);
        Path file = Files.writeString(folder.resolve("log"), "a\r\n\n" + huge + "\n\u00e4");
        try (BoundedLines lines = BoundedLines.of(file)) {
            assertThat(lines.next()).isEqualTo("a");
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).hasSize(BoundedLines.MAX_LENGTH);
            assertThat(lines.next()).isEqualTo("\u00e4");
            assertThat(lines.next()).isNull();
        }
    }
}
