package io.certrail.trail;

import io.certrail.trail.Segment.Remains;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The segments on disk and the numbers given so far. After an {@link IOException} it is to be {@link #abandon()}ed,
 * which takes back the numbers of all that is not on disk. Belongs to the writer's thread.
 */
final class Journal {
    private static final int BUFFER_BYTES = 1 << 20;

    private final TrailOptions options;
    private final TrailFiles files;
    private final Path entries;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private @Nullable Segment current;
    private @Nullable Remains remains;
    private long next;
    private long durable;
    private int begun;

    Journal(TrailOptions options, TrailFiles files, Path entries, long next) {
        this.options = options;
        this.files = files;
        this.entries = entries;
        this.next = next;
        this.durable = next;
    }

    /** Goes on in a segment whose lines are all on disk. */
    void resume(SegmentName name, long bytes) throws IOException {
        current = new Segment(name, files.open(name.file()), bytes, buffer);
    }

    /** The number of the first line that is not known to be on disk. */
    long durable() {
        return durable;
    }

    /** How many segments this journal has begun. */
    int begun() {
        return begun;
    }

    /** Gives the next number to a line. */
    void append(byte[] line) throws IOException {
        byte[] ending = Line.ending(next);
        Segment segment = segmentFor(line.length + ending.length);
        segment.append(line, ending);
        next++;
    }

    private Segment segmentFor(int bytes) throws IOException {
        Segment segment = open();
        boolean full = segment.size() + bytes > options.segmentBytes()
                || segment.ageNanos() > options.segmentAge().toNanos();
        if (full && segment.size() > 0) {
            force();
            close();
            return open();
        }
        return segment;
    }

    /** The segment to write to, begun if there is none. */
    private Segment open() throws IOException {
        Segment segment = current;
        if (segment == null) {
            clearRemains();
            files.createFolder(entries);
            SegmentName name = SegmentName.of(entries, next);
            segment = new Segment(name, files.create(name.file()), 0, buffer);
            current = segment;
            files.forceFolder(entries);
            begun++;
        }
        return segment;
    }

    /** Remains that can not be cut are void by the name of the segment that follows, unless that has the same name. */
    private void clearRemains() throws IOException {
        Remains left = remains;
        if (left != null) {
            try {
                left.cut(files);
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
        if (current != null) {
            current.write();
        }
    }

    /** Brings to disk what was appended; begins a segment if there is none, to show that writing works. */
    void force() throws IOException {
        open().force();
        durable = next;
    }

    /** Gives up the current segment and takes back what is not on disk. */
    void abandon() {
        next = durable;
        Segment segment = current;
        current = null;
        if (segment != null) {
            Remains left = segment.abandon();
            remains = left;
            try {
                left.cut(files);
                remains = null;
            } catch (IOException e) {
                // tried again when the next segment is begun
            }
        }
    }

    /** Closes the current segment; what was appended since the last force is not waited for. */
    void close() {
        Segment segment = current;
        current = null;
        if (segment != null) {
            try {
                segment.close();
            } catch (IOException e) {
                // all that counts was forced
            }
        }
    }
}
