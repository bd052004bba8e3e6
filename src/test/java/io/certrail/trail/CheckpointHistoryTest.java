package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Flaw;
import io.certrail.tlog.Hash;
import io.certrail.tlog.SignedNote;
import io.certrail.tlog.SignerKey;
import io.certrail.tlog.VerifierKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointHistoryTest {
    private final SignerKey key = SignerKey.generate("log");
    private final String one = note(1);
    private final String two = note(2);
    private final String three = note(3);

    @TempDir
    Path folder;

    @Test
    void folderWithoutAnyHasNone() throws IOException {
        assertThat(history().newest()).isEmpty();
        assertThat(notes()).isEmpty();
    }

    @Test
    void newestIsTheFileCheckpoint() throws IOException {
        Files.writeString(folder.resolve("checkpoint"), two);
        assertThat(history().newest())
                .hasValueSatisfying(note -> assertThat(note).isEqualTo(two.getBytes(UTF_8)));
    }

    @Test
    void notesComeInTheOrderOfTheirFiles() throws IOException {
        write("00000000000000000003.notes", three + "\n");
        write("00000000000000000001.notes", one + "\n" + two + "\n");
        write("other.notes", "not the trail's");
        assertThat(notes()).containsExactly(one, two, three);
    }

    @Test
    void noteCutShortIsPassedOverAndTold() throws IOException {
        write("00000000000000000001.notes", one + "\n" + two.substring(0, 9));
        write("00000000000000000003.notes", three + "\n");
        assertThat(notes()).containsExactly(one, three);
        try (NoteReader reader = history().notes()) {
            while (reader.next()) {}
            assertThat(reader.rest()).isEqualTo(9);
        }
    }

    @Test
    void placeOfANoteIsTold() throws IOException {
        write("00000000000000000001.notes", one + "\n" + two + "\n");
        try (NoteReader reader = history().notes()) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.offset()).isZero();
            assertThat(reader.next()).isTrue();
            assertThat(reader.offset()).isEqualTo(one.length() + 1 + nonAscii(one));
            assertThat(reader.file().getFileName()).hasToString("00000000000000000001.notes");
        }
    }

    private static long nonAscii(String text) {
        return text.getBytes(UTF_8).length - text.length();
    }

    @Test
    void noteThatIsTooLongTakesNoMoreMemoryThanOneThatIsNot() throws IOException {
        write("00000000000000000001.notes", ("x".repeat(5000) + "\n").repeat(500) + "\n\n" + two + "\n");
        List<String> notes = notes();
        assertThat(notes).hasSize(2).last().isEqualTo(two);
        assertThat(notes.get(0)).hasSize(SignedNote.MAX_LENGTH + 1);
        assertThat(SignedNote.open(notes.get(0).getBytes(UTF_8), VerifierKeys.of(key.verifierKey()))
                        .rejected())
                .contains(Flaw.TOO_LONG);
    }

    private String note(long size) {
        Hash root = Hash.of(new byte[Hash.LENGTH]);
        return new String(new Checkpoint("log", size, root, List.of()).sign(key).bytes(), UTF_8);
    }

    private CheckpointHistory history() {
        return CheckpointHistory.of(TrailFiles.onDisk(), folder);
    }

    private void write(String name, String notes) throws IOException {
        Files.createDirectories(folder.resolve("checkpoints"));
        Files.writeString(folder.resolve("checkpoints").resolve(name), notes);
    }

    private List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        try (NoteReader reader = history().notes()) {
            while (reader.next()) {
                notes.add(new String(reader.note(), UTF_8));
            }
        }
        return notes;
    }
}
