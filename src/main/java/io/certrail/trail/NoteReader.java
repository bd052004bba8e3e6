package io.certrail.trail;

import io.certrail.tlog.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Walks the notes in the files of a {@link CheckpointHistory}: a cursor that stands before the first one. A note ends with the
 * second empty line after it began. What follows the last complete note of a file is passed over, as {@link #rest()} tells.
 * Belongs to one thread.
 */
public final class NoteReader implements Closeable {
    private final TrailFiles files;
    private final Queue<Path> coming;
    private final ByteArrayOutputStream note = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable LineScanner lines;
    private long offset;
    private long rest;

    NoteReader(TrailFiles files, List<Path> notes) {
        this.files = files;
        this.coming = new ArrayDeque<>(notes);
    }

    /** Goes on to the next note; false: there is none. */
    public boolean next() throws IOException {
        while (lines != null || openNext()) {
            if (nextInFile()) {
                return true;
            }
            close();
            lines = null;
        }
        return false;
    }

    private boolean openNext() throws IOException {
        Path next = coming.poll();
        if (next == null) {
            return false;
        }
        lines = new LineScanner(files.read(next, 0), 0);
        file = next;
        return true;
    }

    private boolean nextInFile() throws IOException {
        LineScanner scanner = scanner();
        note.reset();
        boolean empty = false;
        while (scanner.next()) {
            if (note.size() == 0) {
                offset = scanner.offset();
            }
            byte[] line = scanner.line();
            if (line.length == 0 && empty) {
                return true;
            }
            empty |= line.length == 0;
            add(line);
        }
        rest += note.size() + scanner.rest();
        return false;
    }

    /** Of one that is too long only so much is kept that it still is. */
    private void add(byte[] line) {
        int room = SignedNote.MAX_LENGTH + 1 - note.size();
        note.write(line, 0, Math.min(line.length, Math.max(room, 0)));
        if (room > line.length) {
            note.write('\n');
        }
    }

    private LineScanner scanner() {
        LineScanner scanner = lines;
        if (scanner == null) {
            throw new IllegalStateException("no file is open");
        }
        return scanner;
    }

    /** The current note. */
    public byte[] note() {
        return note.toByteArray();
    }

    /** The file that it stands in. */
    public Path file() {
        Path current = file;
        if (current == null) {
            throw new IllegalStateException("no current note: next() has not given true");
        }
        return current;
    }

    /** Where it begins in its file, in bytes. */
    public long offset() {
        return offset;
    }

    /** How many bytes so far followed the last complete note of their file: a crash cut a note short there, or somebody did. */
    public long rest() {
        return rest;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
