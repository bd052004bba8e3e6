package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks the complete lines of a trail in their order, also while it is being written: a cursor that stands before the
 * first line, and after the last one until there is another. Void lines are passed over. {@link #next()} may be ahead of
 * the force, and so give lines that a failing disk takes back, whose numbers then come again; who must not see such lines, and
 * shares the process with the writer, asks by {@link #next(Durable)} alone. Takes as much memory as the longest line and eight
 * bytes a segment. Belongs to one thread.
 */
public final class TrailReader implements Closeable {
    /** How often a segment may be gone that was listed before it is taken for a fault. */
    private static final int RETIRED_TRIES = 10;

    private final TrailFiles files;
    private final Path entries;
    /** The sequence to give next. */
    private long wanted;

    private @Nullable SegmentName segment;
    private @Nullable LineScanner lines;
    /** What tells the open file from others of its name. */
    private @Nullable Object identity;
    /** First number of the segment after this one; all from there on in this one is void. */
    private long bound = Long.MAX_VALUE;

    private long expected;
    /** All lines before this one stay, as far as was told. */
    private long staying;
    /** How many segments had been begun, as was told, when the files were looked at last; -1: never. */
    private int begun = -1;
    /** First numbers of the segments, in their order, when the folder was read last. */
    private long[] firsts = {};

    private TrailReader(TrailFiles files, Path folder, long from) {
        this.files = files;
        this.entries = folder.resolve("entries");
        this.wanted = from;
    }

    /**
     * Opens a trail to be read.
     *
     * @param from the first sequence wanted; if retention deleted it, reading begins at the first that is there
     */
    public static TrailReader open(TrailFiles files, Path folder, long from) {
        if (from < 0) {
            throw new IllegalArgumentException("from: expected 0 or more, not " + from);
        }
        return new TrailReader(files, folder, from);
    }

    /**
     * Goes on to the next line; false: there is none yet.
     *
     * @throws TrailDamagedException if a number is missing, or what stands between lines is none
     * @throws NoSuchFileException if the segment that follows is gone though it was there: retention was faster. Its reason says
     *     so; a reader that is opened anew begins at what is left
     */
    public boolean next() throws IOException {
        while (advance()) {
            if (sequence() >= wanted) {
                wanted = expected;
                return true;
            }
        }
        return false;
    }

    /**
     * Goes on to the next line that is on disk for good; false: there is none yet. Each is given once, and is never taken
     * back. What retention deletes meanwhile may be passed over.
     *
     * @param durable as the writer told it, never older than the one before
     * @throws TrailDamagedException as {@link #next()}
     * @throws NoSuchFileException as {@link #next()}
     */
    public boolean next(Durable durable) throws IOException {
        if (wanted >= durable.end()) {
            return false;
        }
        staying = durable.end();
        if (begun != durable.segments()) {
            lookAnew();
            begun = durable.segments();
        }
        while (advance()) {
            if (sequence() >= durable.end()) { // retention has deleted all before
                forget();
                return false;
            }
            if (sequence() >= wanted) {
                wanted = expected;
                return true;
            }
        }
        return false;
    }

    /** As {@link #next()}, but goes no further than to the line before the one with number {@code end}. */
    boolean next(long end) throws IOException {
        return wanted < end && next();
    }

    /** Whether the current line is the first of its segment. */
    boolean isFirstOfSegment() {
        return current().first() == sequence();
    }

    /** The current line's number; while there is none, that of the last one passed over, or of the one before the first. */
    public long sequence() {
        return expected - 1;
    }

    /** Shows the current line where it lies, without a copy. */
    public void show(LineSink sink) {
        scanner().show(sink);
    }

    /** Where the current line begins in its segment, in bytes: what {@link TrailLines} finds it by again. */
    public long offset() {
        return scanner().offset();
    }

    /** A copy of the current line, without its newline. */
    public byte[] line() {
        return scanner().line();
    }

    /** The lines from here on as NDJSON, each with its newline; ends where there is none yet. Closes this reader. */
    public InputStream stream() {
        return new LineStream(this);
    }

    private LineScanner scanner() {
        LineScanner scanner = lines;
        if (scanner == null) {
            throw new IllegalStateException("no current line: next() has not given true");
        }
        return scanner;
    }

    private boolean advance() throws IOException {
        while (lines != null || openFirst()) {
            if (expected == bound) {
                enterNext(SegmentName.of(entries, bound));
            } else if (nextInSegment()) {
                return true;
            } else if (!findBound()) {
                return false;
            }
        }
        return false;
    }

    private boolean nextInSegment() throws IOException {
        LineScanner scanner = scanner();
        if (!scanner.next()) {
            return false;
        }
        long sequence = scanner.sequence();
        if (sequence != expected) {
            throw damaged(sequence < 0 ? "No record" : "Sequence " + sequence);
        }
        expected++;
        return true;
    }

    private boolean openFirst() throws IOException {
        for (int tries = RETIRED_TRIES; ; tries--) {
            SegmentName first = first();
            if (first == null) {
                return false;
            }
            try {
                enter(first);
                return true;
            } catch (NoSuchFileException e) { // retention has deleted it since
                if (tries == 0) {
                    throw e;
                }
            }
        }
    }

    /** The segment with the line that is wanted, or the first that is there; null: there is none. */
    private @Nullable SegmentName first() throws IOException {
        SegmentName first = null;
        for (SegmentName name : SegmentName.list(files, entries)) {
            if (first == null || name.first() <= wanted) {
                first = name;
            }
        }
        return first;
    }

    private void enterNext(SegmentName name) throws IOException {
        try {
            enter(name);
        } catch (NoSuchFileException e) {
            String reason =
                    "was deleted while the trail was read, by retention or by somebody else; read again, from what is left";
            throw new NoSuchFileException(name.file().toString(), null, reason);
        }
    }

    private void enter(SegmentName name) throws IOException {
        open(name, 0);
        expected = name.first();
    }

    private void open(SegmentName name, long offset) throws IOException {
        long end = successor(name);
        Object file = files.identity(name.file());
        LineScanner scanner = new LineScanner(files.read(name.file(), offset), offset);
        close();
        lines = scanner;
        identity = file;
        segment = name;
        bound = end;
    }

    /** Since a segment was begun, what was read ahead may have been taken back, and the file may have lost its name. */
    private void lookAnew() throws IOException {
        if (lines != null) {
            try {
                open(current(), scanner().end()); // in a file made anew, what stays stands where it stood
                takeBack(bound);
            } catch (NoSuchFileException e) { // retired, or about to be made anew
                forget();
            }
        }
    }

    /** At the end of what is there: whether there is more to read, here or in a segment that follows. */
    private boolean findBound() throws IOException {
        SegmentName current = current();
        if (bound != Long.MAX_VALUE) {
            throw damaged("The end");
        }
        bound = successor(current);
        if (bound != Long.MAX_VALUE) {
            takeBack(bound);
            return true;
        }
        boolean replaced = isReplaced(current);
        if (replaced) {
            takeBack(current.first());
        }
        if (replaced || expected == current.first()) {
            forget(); // a segment without a line may be made anew under its name
        }
        return replaced;
    }

    /** Whether the segment was made anew under its name: a failing disk left nothing of it. */
    private boolean isReplaced(SegmentName name) throws IOException {
        try {
            return !Objects.equals(identity, files.identity(name.file()));
        } catch (NoSuchFileException e) {
            return false; // not yet
        }
    }

    /**
     * First number of the segment that follows; the greatest of all if there is none. The folder is read when what was read of
     * it last knows of none: what follows a segment never changes once it is there.
     */
    private long successor(SegmentName current) throws IOException {
        long known = known(current);
        if (known == Long.MAX_VALUE) {
            firsts = SegmentName.list(files, entries).stream()
                    .mapToLong(SegmentName::first)
                    .toArray();
            known = known(current);
        }
        return known;
    }

    private long known(SegmentName current) {
        int at = Arrays.binarySearch(firsts, current.first() + 1);
        int next = at < 0 ? -at - 1 : at;
        return next < firsts.length ? firsts[next] : Long.MAX_VALUE;
    }

    /** Lines read ahead of a force that failed come again, from that number on; not those that stay. */
    private void takeBack(long from) {
        if (expected > from) {
            wanted = wanted == expected ? Math.max(from, Math.min(wanted, staying)) : wanted;
            expected = from;
        }
    }

    private SegmentName current() {
        SegmentName name = segment;
        if (name == null) {
            throw new IllegalStateException("no segment is open");
        }
        return name;
    }

    private TrailDamagedException damaged(String found) {
        return new TrailDamagedException(
                current().file(), scanner().offset(), found + " where sequence " + expected + " should stand");
    }

    private void forget() throws IOException {
        close();
        lines = null;
        segment = null;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
        }
    }
}
