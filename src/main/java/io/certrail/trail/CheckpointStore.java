package io.certrail.trail;

import io.certrail.tlog.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Keeps checkpoints on disk: the newest, and a history of those that are worth it, which are the last of each minute and all
 * that were not made because an interval was over. Belongs to the integrator's thread.
 */
final class CheckpointStore {
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final TrailFiles files;
    private final TrailLayout layout;
    private final CheckpointHistory history;
    private final Replacement replacement;
    private @Nullable Path file;
    /** Of the file, those of whole notes. */
    private long bytes;

    /** The newest checkpoint, while it may turn out to be the last of its minute. */
    private @Nullable Held held;

    CheckpointStore(TrailFiles files, TrailLayout layout) {
        this.files = files;
        this.layout = layout;
        this.history = CheckpointHistory.of(files, layout.folder());
        this.replacement = new Replacement(files);
    }

    private static final class Held {
        private final Instant minute;
        private final long size;
        private final byte[] note;

        Held(Instant minute, long size, byte[] note) {
            this.minute = minute;
            this.size = size;
            this.note = note;
        }
    }

    /**
     * Finds the end of the history, and keeps the newest checkpoint if an earlier life had no time to.
     *
     * @param newest the newest checkpoint's note, as it lies there; null: there is none
     */
    void resume(long size, byte @Nullable [] newest) throws IOException {
        byte[] last = findEnd();
        if (newest != null && !Arrays.equals(newest, last)) {
            append(size, newest);
        }
    }

    /** Finds where the history ends on disk; gives its last note, null: there is none. */
    private byte @Nullable [] findEnd() throws IOException {
        List<Path> there = history.files();
        byte[] last = null;
        file = null;
        bytes = 0;
        if (!there.isEmpty()) {
            file = there.get(there.size() - 1);
            try (NoteReader notes = new NoteReader(files, there.subList(there.size() - 1, there.size()))) {
                while (notes.next()) {
                    last = notes.note();
                    bytes = notes.offset() + last.length + 1;
                }
            }
        }
        return last;
    }

    /** Whether a checkpoint was ever kept. */
    boolean hasHistory() throws IOException {
        return !history.files().isEmpty();
    }

    /** Publishes a checkpoint: on disk, under its name, when this returns. */
    void publish(byte[] note, long size, CheckpointCause cause, Instant time) throws IOException {
        replacement.durable(layout.checkpoint(), note);
        Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
        Held before = held;
        if (before != null && !before.minute.equals(minute)) {
            append(before.size, before.note);
            held = null;
        }
        if (cause == CheckpointCause.INTERVAL) {
            held = new Held(minute, size, note);
        } else {
            append(size, note);
            held = null;
        }
    }

    private void append(long size, byte[] note) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(note.length + 1);
        out.write(note, 0, note.length);
        out.write('\n');
        if (!isAsLeft()) {
            findEnd();
        }
        Path to = fileFor(size, out.size());
        try (TrailFiles.OpenFile open = files.open(to)) {
            open.truncate(bytes); // a note that was cut short may follow
            open.write(ByteBuffer.wrap(out.toByteArray()), bytes);
            open.force();
        }
        bytes += out.size();
    }

    /** Whether the file still holds what was written to it: nobody deleted, moved or cut it. */
    private boolean isAsLeft() throws IOException {
        Path current = file;
        if (current == null) {
            return true;
        }
        try {
            return files.list(layout.checkpoints()).stream()
                    .anyMatch(each -> each.file().equals(current) && each.bytes() >= bytes);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path fileFor(long size, int more) throws IOException {
        Path current = file;
        Path named = layout.checkpoints().resolve(String.format(Locale.ROOT, "%020d.notes", size));
        if (current != null && (bytes + more <= MAX_FILE_BYTES || current.equals(named))) {
            return current;
        }
        files.createFolder(layout.checkpoints());
        files.forceFolder(layout.folder());
        files.delete(named); // an attempt that failed
        files.create(named).close();
        files.forceFolder(layout.checkpoints());
        file = named;
        bytes = 0;
        return named;
    }

    /** Deletes the files of the history that tell only of lines before a sequence, which retention has deleted. */
    void retire(long first) throws IOException {
        List<Path> there = history.files();
        for (int i = 0; i + 1 < there.size() && firstSize(there.get(i + 1)) <= first; i++) {
            files.delete(there.get(i));
        }
    }

    private static long firstSize(Path notes) {
        return Long.parseLong(String.valueOf(notes.getFileName()).substring(0, 20));
    }

    /** The newest checkpoint that lies there. */
    byte @Nullable [] newest() throws IOException {
        return SmallFile.read(files, layout.checkpoint(), SignedNote.MAX_LENGTH).orElse(null);
    }
}
