package io.certrail.trail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Single lines of a trail, found by their number and the offset that {@link TrailReader#offset()} gave for them. Reads no more
 * than the line. What it gives bears the number asked for: an offset that leads elsewhere gives nothing. Belongs to one thread;
 * knows the segments that were there when it was opened.
 */
public final class TrailLines {
    private final TrailFiles files;
    private final List<SegmentName> segments;

    private TrailLines(TrailFiles files, List<SegmentName> segments) {
        this.files = files;
        this.segments = segments;
    }

    /** Opens a trail to pick lines of it. */
    public static TrailLines open(TrailFiles files, Path folder) throws IOException {
        return new TrailLines(files, SegmentName.list(files, folder.resolve("entries")));
    }

    /** The first number that is there; empty if there is no segment. */
    public Optional<Long> first() {
        return segments.isEmpty()
                ? Optional.empty()
                : Optional.of(segments.get(0).first());
    }

    /**
     * The line of that number, without its newline; empty if retention deleted it, or if it does not stand there.
     *
     * @param offset in its segment, in bytes
     */
    public Optional<byte[]> find(long sequence, long offset) throws IOException {
        Optional<SegmentName> segment = segmentOf(sequence);
        if (segment.isEmpty() || offset < 0) {
            return Optional.empty();
        }
        try (LineScanner lines = new LineScanner(files.read(segment.get().file(), offset), offset)) {
            return lines.next() && lines.sequence() == sequence ? Optional.of(lines.line()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // retired meanwhile
        }
    }

    private Optional<SegmentName> segmentOf(long sequence) {
        SegmentName found = null;
        for (SegmentName segment : segments) {
            if (segment.first() <= sequence) {
                found = segment;
            }
        }
        return Optional.ofNullable(found);
    }
}
