package io.certrail.trail;

import io.certrail.trail.Segment.Remains;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The segments on disk, the log before them, and the numbers given so far. A line is durable when it stands in the log
 * or in a segment that was forced. After an {@link IOException} the journal is to be {@link #abandon()}ed, which takes
 * back the numbers of all that is not durable; what is durable in the log alone is written anew to the next segment.
 *
 * <p>Belongs to the writer's thread, but for {@link #forceDurable()} and {@link #forced()}.
 */
final class Journal {
    private static final byte[] NEWLINE = {'\n'};

    private final TrailOptions options;
    private final TrailFiles files;
    private final Path entries;
    private final WriteAheadLog log;
    private final Batch batch = new Batch();
    private final Deferred deferred = new Deferred();
    private volatile @Nullable Segment current;
    private @Nullable Remains remains;
    private long next;
    private long durable;
    /** While there is no current segment: the number of the first line that is not forced in a segment. */
    private volatile long forced;

    private int begun;

    Journal(TrailOptions options, TrailFiles files, WriteAheadLog log, Recovery.Found found) throws IOException {
        this.options = options;
        this.files = files;
        this.entries = options.folder().resolve("entries");
        this.log = log;
        this.next = found.next();
        this.durable = found.next();
        this.forced = found.forced();
        if (found.last() != null) {
            current = new Segment(found.last(), files.open(found.last().file()), found.bytes(), next);
        }
    }

    /** The number of the first line that is not known to be durable. */
    long durable() {
        return durable;
    }

    /** The number of the first line that is not known to be forced in a segment. Any thread. */
    long forced() {
        Segment segment = current;
        return segment == null ? forced : segment.forced().next();
    }

    /** How many segments this journal has begun. */
    int begun() {
        return begun;
    }

    /** Gives the next number to a line. */
    void append(byte[] line) throws IOException {
        byte[] ending = Line.ending(next);
        prepareFor(line.length + ending.length);
        batch.add(line, ending, this::write);
        next++;
    }

    private void prepareFor(int bytes) throws IOException {
        Segment segment = open();
        long size = segment.written() + deferred.bytes() + batch.unwrittenBytes();
        boolean full = size + bytes > options.segmentBytes()
                || segment.ageNanos() > options.segmentAge().toNanos();
        if (full && size > 0) {
            forceSegment();
            close(segment);
            open();
        }
    }

    /** The segment to write to, begun if there is none. */
    private Segment open() throws IOException {
        Segment segment = current;
        return segment == null ? begin() : segment;
    }

    /** Begins a segment, with the lines that no segment has for certain. */
    private Segment begin() throws IOException {
        LoggedLines replayed = forced < durable ? replayed() : null;
        clearRemains();
        files.createFolder(entries);
        SegmentName name = SegmentName.of(entries, forced);
        Segment segment = new Segment(name, files.create(name.file()), 0, forced);
        current = segment;
        files.forceFolder(entries);
        begun++;
        if (replayed != null) {
            replay(replayed, segment);
        }
        log.clear(durable);
        return segment;
    }

    private LoggedLines replayed() throws IOException {
        LoggedLines logged = LoggedLines.read(files, options.folder());
        if (logged.end(forced) < durable) {
            String lines = "the records " + forced + " to " + (durable - 1);
            forced = durable; // go on with the next attempt
            remains = null; // may hold them
            throw new ForeignChangeException("the write-ahead log does not hold " + lines + " any more, which were not"
                    + " forced in a segment: deleted or changed by somebody else");
        }
        return logged;
    }

    private void replay(LoggedLines logged, Segment segment) throws IOException {
        for (long sequence = forced; sequence < durable; sequence++) {
            byte[] line = logged.line(sequence);
            if (line == null) {
                throw new IllegalStateException("not in the log: " + sequence);
            }
            batch.add(line, NEWLINE, this::write);
        }
        write();
        segment.force(durable);
        batch.clear();
    }

    /** Remains that can not be cut are void by the name of the segment that follows, unless that has the same name. */
    private void clearRemains() throws IOException {
        Remains left = remains;
        if (left != null) {
            try {
                left.cutUnforced(files);
            } catch (IOException e) {
                if (left.forced() == 0) {
                    throw e;
                }
            }
            remains = null;
        }
    }

    /** Hands to the file system what was appended. */
    void write() throws IOException {
        Segment segment = current;
        if (segment != null) {
            handOver(segment);
            if (batch.unwrittenBytes() > 0) {
                segment.write(batch.unwritten());
                batch.wrote();
            }
        }
    }

    private void handOver(Segment segment) throws IOException {
        if (!deferred.isEmpty()) {
            segment.write(deferred.lines());
            deferred.clear();
            segment.handed();
        }
    }

    /** When what is durable in the log alone is to be handed over by {@link #write()}, in nanoseconds from now. */
    long nanosUntilHandingOver() {
        return deferred.nanosUntilDue();
    }

    /**
     * Makes durable what was appended; begins a segment if there is none, to show that writing works. What is durable in
     * the log is handed to the segment by the next {@link #write()}.
     */
    void force() throws IOException {
        Segment segment = open();
        if (isLogged(segment)) {
            durable = next; // first: nothing may come between
            defer(segment);
            batch.clear();
        } else {
            forceSegment();
        }
    }

    private void defer(Segment segment) {
        deferred.add(batch.unwritten());
        segment.durable(deferred.bytes(), next);
    }

    /** Once lines are in the log, nothing may fail until they count as durable: else a start would find those told lost. */
    private boolean isLogged(Segment segment) throws IOException {
        if (batch.isEmpty()) {
            return false;
        }
        segment.expectSound();
        if (!deferred.hasRoomFor(batch.unwritten())) {
            write();
        }
        return log.write(batch, durable, forced());
    }

    /** Makes durable in segments what was appended, and what is durable in the log alone. */
    void forceSegment() throws IOException {
        Segment segment = open();
        write();
        segment.force(next);
        durable = next;
        batch.clear();
    }

    /** Forces in segments what is durable. Any thread, while the writer goes on. */
    void forceDurable() throws IOException {
        Segment segment = current;
        if (segment != null) {
            segment.forceDurable();
        }
    }

    /** Whether {@link #forceDurable()} is wanted, or the log will soon do without. */
    boolean wantsForce() {
        return log.isWaiting(forced());
    }

    /** Whether {@link #forceDurable()} failed. */
    boolean isBroken() {
        Segment segment = current;
        return segment != null && segment.isBroken();
    }

    /** Fails if {@link #forceDurable()} did. */
    void expectSound() throws IOException {
        Segment segment = current;
        if (segment != null && segment.isBroken()) {
            segment.expectSound();
        }
    }

    /** Gives up the current segment and takes back what is not durable: the log may hold it, and is begun anew. */
    void abandon() {
        log.doubt();
        next = durable;
        batch.clear();
        deferred.clear();
        Segment segment = current;
        if (segment != null) {
            Remains left = segment.abandon();
            forced = segment.forced().next();
            current = null;
            remains = left;
            try {
                left.cutLost(files);
                remains = left.forced() == left.durable() ? null : left;
            } catch (IOException e) {
                // tried again when the next segment is begun
            }
        }
    }

    /** Forces what is durable alone in the log, and closes all. */
    void close() {
        Segment segment = current;
        if (segment != null) {
            try {
                segment.forceDurable();
            } catch (IOException e) {
                // a start writes it anew from the log
            }
            log.close(forced(), durable);
            close(segment);
        } else {
            log.close(forced, durable);
        }
    }

    private void close(Segment segment) {
        forced = segment.forced().next();
        current = null;
        try {
            segment.close();
        } catch (IOException e) {
            // all that counts was forced
        }
    }
}
