package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Single lines of a trail, found by their number and the offset that {@link TrailReader#offset()} gave for them. Reads little
 * more than the line. What it gives bears the number asked for: an offset that leads elsewhere gives nothing. Safe for use by
 * any thread, and as long as the trail is there.
 */
public final class TrailLines {
    /** Longer than most lines; a longer one is read on. */
    private static final int USUAL_BYTES = 4096;

    private final TrailFiles files;
    private final Path entries;
    /** Those that were there when last looked: the trail may have newer ones, and fewer old ones. */
    private volatile List<SegmentName> segments = List.of();

    private TrailLines(TrailFiles files, Path entries) {
        this.files = files;
        this.entries = entries;
    }

    /** The lines of the trail in a folder. */
    public static TrailLines of(TrailFiles files, Path folder) {
        return new TrailLines(files, folder.resolve("entries"));
    }

    /** The first number that is there by now; empty if there is no segment. */
    public Optional<Long> first() throws IOException {
        List<SegmentName> now = look();
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(0).first());
    }

    private List<SegmentName> look() throws IOException {
        List<SegmentName> now = List.copyOf(SegmentName.list(files, entries));
        segments = now;
        return now;
    }

    /** Begins to read lines. */
    public Reading read() {
        return new Reading();
    }

    /** Index of the last that begins at or before a number; -1 if none does. */
    private static int segmentOf(List<SegmentName> segments, long sequence) {
        int at = Collections.binarySearch(segments, new SegmentName(Path.of(""), sequence));
        return at >= 0 ? at : -at - 2;
    }

    /** Reads some lines; quickest in their order, since the segment of the last one stays open. Belongs to one thread. */
    public final class Reading implements Closeable {
        private @Nullable SegmentName segment;
        private @Nullable SeekableByteChannel channel;

        private Reading() {}

        /**
         * The line of that number, without its newline; empty if retention deleted it, or if it does not stand there.
         *
         * @param offset in its segment, in bytes
         */
        public Optional<byte[]> find(long sequence, long offset) throws IOException {
            List<SegmentName> known = segments;
            Optional<byte[]> line = find(known, sequence, offset);
            if (line.isPresent()) {
                return line;
            }
            List<SegmentName> now = look(); // it may stand in one that was not known
            return now.equals(known) ? line : find(now, sequence, offset);
        }

        private Optional<byte[]> find(List<SegmentName> from, long sequence, long offset) throws IOException {
            int at = segmentOf(from, sequence);
            if (at < 0 || offset < 0) {
                return Optional.empty();
            }
            try {
                SeekableByteChannel opened = open(from.get(at));
                LineScanner lines = new LineScanner(opened.position(offset), offset, USUAL_BYTES);
                return lines.next() && lines.sequence() == sequence ? Optional.of(lines.line()) : Optional.empty();
            } catch (NoSuchFileException e) {
                return Optional.empty(); // retired meanwhile
            }
        }

        private SeekableByteChannel open(SegmentName wanted) throws IOException {
            SeekableByteChannel opened = channel;
            if (opened == null || !wanted.equals(segment)) {
                close();
                opened = files.read(wanted.file(), 0);
                channel = opened;
                segment = wanted;
            }
            return opened;
        }

        @Override
        public void close() throws IOException {
            SeekableByteChannel opened = channel;
            channel = null;
            if (opened != null) {
                opened.close();
            }
        }
    }
}
