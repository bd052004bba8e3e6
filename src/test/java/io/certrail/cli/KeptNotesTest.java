package io.certrail.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.certrail.verify.SampleTrail;
import io.certrail.verify.VerifyOptions.Outside;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept checkpoints that are more than memory should hold. */
class KeptNotesTest {
    @TempDir
    Path folder;

    @Test
    void ofVeryManySomeAreKeptAndTheLast() throws IOException {
        SampleTrail.live(folder.resolve("trail"), 1);
        String note = Files.readString(folder.resolve("trail/checkpoint"));
        StringBuilder kept = new StringBuilder();
        for (int size = 1; size <= 16; size++) {
            kept.append(sized(note, size)).append('\n');
        }
        StringWriter complaints = new StringWriter();
        List<Outside> notes = KeptNotes.read(
                Files.writeString(folder.resolve("many.notes"), kept), null, new PrintWriter(complaints, true), 6);

        assertThat(notes)
                .extracting(each -> each.note().lines().skip(1).findFirst().orElseThrow())
                .containsExactly("1", "5", "9", "13", "16");
        assertThat(complaints.toString()).contains("holds 16 checkpoints: 1 of 4 is looked at");
    }

    @Test
    void strangersLinesCostNoMoreThanTheyAreLong() throws IOException {
        SampleTrail.live(folder.resolve("trail"), 1);
        String note = Files.readString(folder.resolve("trail/checkpoint"));
        String base64 = Base64.getEncoder().encodeToString(note.getBytes(UTF_8));
        StringBuilder kept = new StringBuilder();
        for (String piece : List.of(
                "[certrail@32473 ",
                "[certrail@32473 a=\"",
                "[certrail@32473 a=\"b\" ",
                "[certrail@32473 a=\" [certrail@32473 b=\" c=\" ",
                "[certrail@32473 a=\"\\",
                "\\]")) {
            kept.append("[certrail@32473 x=\"\" ")
                    .append(piece.repeat((1 << 20) / piece.length()))
                    .append('\n');
        }
        kept.append("<134>1 - h certrail 7 - [certrail@32473 origin=\"" + "\\]".repeat(1_000) + "\" note=\"" + base64)
                .append("\" x=\"y\"] a checkpoint\n");
        Path file = Files.writeString(folder.resolve("syslog"), kept);

        List<Outside> notes = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> KeptNotes.read(file, null, new PrintWriter(new StringWriter())));

        assertThat(notes).extracting(Outside::note).containsExactly(note);
    }

    private static String sized(String note, int size) {
        return note.replaceFirst("\n[0-9]+\n", "\n" + size + "\n");
    }
}
