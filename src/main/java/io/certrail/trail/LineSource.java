package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that the integrator takes: only those that are on disk for good. A reader may have read ahead of that, lines which a
 * failing disk took back; so after each failure of the writer's, reading begins anew. Belongs to the integrator's thread.
 */
final class LineSource {
    private final TrailFiles files;
    private final Path folder;
    private final TrailWriter writer;
    private final SegmentForcer forcer;
    private @Nullable TrailReader reader;
    private long taken;
    private boolean isAhead;
    private int failures;

    LineSource(TrailFiles files, Path folder, TrailWriter writer, SegmentForcer forcer) {
        this.files = files;
        this.folder = folder;
        this.writer = writer;
        this.forcer = forcer;
    }

    /** @param lines how many the tree has */
    void begin(long lines) {
        taken = lines;
    }

    /** The number of the first line that is not known to be on disk. Any thread. */
    long durable() {
        return writer.nextSequence();
    }

    /**
     * Forces in the segments what is durable, and tells the number of the first line that is not known to be.
     *
     * @throws IOException if that failed
     */
    long forced() throws IOException {
        try {
            long forced = forcer.forced(); // first: what was taken back before this is read again below
            int now = writer.failures();
            if (now != failures) {
                reopen();
                failures = now;
            }
            return forced;
        } catch (InterruptedException e) { // by whom? The thread is nobody else's
            throw new IOException("interrupted while segments were forced", e);
        }
    }

    /** Goes on to the next line unless the last one was not taken; false: there is none before {@code end}. */
    boolean next(long end) throws IOException {
        isAhead = isAhead || reader().next(end);
        if (isAhead && reader().sequence() != taken) {
            throw new IOException("line " + reader().sequence() + " where " + taken + " should follow");
        }
        return isAhead;
    }

    boolean isFirstOfSegment() {
        TrailReader current = reader;
        return current != null && current.isFirstOfSegment();
    }

    void take(LineSink sink) {
        reader().show(sink);
        isAhead = false;
        taken++;
    }

    private TrailReader reader() {
        TrailReader current = reader;
        if (current == null) {
            current = TrailReader.open(files, folder, taken);
            reader = current;
        }
        return current;
    }

    /** Begins anew, with the line that was not taken yet. */
    void reopen() {
        TrailReader old = reader;
        reader = null; // first, whatever comes of the rest
        isAhead = false;
        close(old);
    }

    /** The first line that retention has left. */
    long firstLeft() throws IOException {
        List<SegmentName> names = SegmentName.list(files, folder.resolve("entries"));
        return names.isEmpty() ? 0 : names.get(0).first();
    }

    void close() {
        close(reader);
    }

    private static void close(@Nullable TrailReader reader) {
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                GuardedLog.logThrown(Level.DEBUG, "a file that was read could not be closed", e);
            }
        }
    }
}
