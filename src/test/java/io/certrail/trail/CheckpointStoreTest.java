package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.tlog.Checkpoint;
import io.certrail.tlog.Hash;
import io.certrail.tlog.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the history when somebody else lays hands on it while checkpoints are made. */
final class CheckpointStoreTest {
    private final SignerKey key = SignerKey.generate("log");

    @TempDir
    Path folder;

    private CheckpointStore store;

    @BeforeEach
    void keepTwo() throws IOException {
        store = new CheckpointStore(TrailFiles.onDisk(), new TrailLayout(folder));
        store.resume(0, null);
        publish(1);
        publish(2);
    }

    @Test
    void historyThatIsDeletedIsBegunAnew() throws IOException {
        Files.delete(file(1));
        Files.delete(folder.resolve("checkpoints"));
        publish(3);
        publish(4);
        assertThat(notes()).containsExactly(note(3), note(4));
        assertThat(Files.readString(folder.resolve("checkpoint"))).isEqualTo(note(4));
    }

    @Test
    void fileThatIsDeletedIsFollowedByAnother() throws IOException {
        Files.delete(file(1));
        publish(3);
        assertThat(notes()).containsExactly(note(3));
        assertThat(file(3)).exists();
    }

    @Test
    void fileThatIsCutIsGoneOnWithAfterItsLastWholeNote() throws IOException {
        Files.writeString(file(1), note(1) + "\n" + note(2).substring(0, 20));
        publish(3);
        assertThat(notes()).containsExactly(note(1), note(3));
    }

    /** As a folder does that was moved, and moved back when others had been begun in its place. */
    @Test
    void olderHistoryThatIsPutInPlaceIsGoneOnWith() throws IOException {
        Files.writeString(file(1), note(1) + "\n");
        publish(3);
        publish(4);
        assertThat(notes()).containsExactly(note(1), note(3), note(4));
    }

    private void publish(long size) throws IOException {
        store.publish(note(size).getBytes(UTF_8), size, CheckpointCause.ROTATION, Instant.EPOCH);
    }

    private String note(long size) {
        Hash root = Hash.of(new byte[Hash.LENGTH]);
        return new String(new Checkpoint("log", size, root, List.of()).sign(key).bytes(), UTF_8);
    }

    private Path file(long size) {
        return folder.resolve("checkpoints").resolve(String.format("%020d.notes", size));
    }

    private List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        try (NoteReader reader =
                CheckpointHistory.of(TrailFiles.onDisk(), folder).notes()) {
            while (reader.next()) {
                notes.add(new String(reader.note(), UTF_8));
            }
            assertThat(reader.rest()).isZero();
        }
        return notes;
    }
}
