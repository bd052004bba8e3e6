package io.certrail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.verify.SampleTrail;
import io.certrail.verify.VerifyOptions.Outside;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static String sized(String note, int size) {
        return note.replaceFirst("\n[0-9]+\n", "\n" + size + "\n");
    }
}
