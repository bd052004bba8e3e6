package io.certrail.trail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write-ahead log holds: the lines of its last epoch, which may not be forced in segments. Read once; a line is
 * read again when it is asked for. Belongs to one thread.
 */
final class LoggedLines {
    private final TrailFiles files;
    private final Path file;
    private final long epoch;
    private final long forced;
    private final List<Placed> frames;
    private @Nullable Placed open;
    private byte[] bytes = new byte[0];
    /** Number and place of the line to give next from the open frame. */
    private long next;

    private int at;

    private LoggedLines(TrailFiles files, Path file, long epoch, long forced, List<Placed> frames) {
        this.files = files;
        this.file = file;
        this.epoch = epoch;
        this.forced = forced;
        this.frames = frames;
    }

    /** A frame and where it lies, in bytes. */
    private record Placed(LogFrame frame, long offset) {}

    /** Reads a trail's log; one that is missing holds nothing. */
    static LoggedLines read(TrailFiles files, Path folder) throws IOException {
        Path file = LogFile.path(folder);
        List<Placed> all = scan(files, file);
        long epoch = all.stream().mapToLong(each -> each.frame().epoch()).max().orElse(0);
        List<Placed> last = all.stream()
                .filter(each -> each.frame().epoch() == epoch)
                .sorted(Comparator.comparingLong(each -> each.frame().first()))
                .toList();
        long forced =
                last.stream().mapToLong(each -> each.frame().forced()).max().orElse(0);
        return new LoggedLines(files, file, epoch, forced, last);
    }

    private static List<Placed> scan(TrailFiles files, Path file) throws IOException {
        List<Placed> found = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(LogFrame.MAX_BYTES);
        long offset = 0;
        while (true) {
            Optional<LogFrame> frame = Optional.empty();
            try (ReadableByteChannel channel = files.read(file, offset)) {
                while (frame.isEmpty() && fill(channel, buffer.clear(), LogFrame.BLOCK)) {
                    frame = LogFrame.parse(buffer);
                    offset += LogFrame.BLOCK;
                }
                if (frame.isEmpty()) {
                    return found;
                }
                if (fill(channel, buffer, frame.get().bytes()) && frame.get().matches(buffer)) {
                    found.add(new Placed(frame.get(), offset - LogFrame.BLOCK));
                    offset += frame.get().bytes() - LogFrame.BLOCK;
                }
            } catch (NoSuchFileException e) {
                return found;
            }
        }
    }

    /** Fills a buffer up to a size; false if there are not so many bytes. */
    private static boolean fill(ReadableByteChannel channel, ByteBuffer buffer, int size) throws IOException {
        buffer.limit(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The last epoch; 0: none. */
    long epoch() {
        return epoch;
    }

    /** All lines before this number were forced in segments; 0 also if nothing is known. */
    long forced() {
        return forced;
    }

    /** The number after the last of the lines that follow each other from a number on; that number if it is not here. */
    long end(long from) {
        long end = from;
        for (Placed placed : frames) {
            if (placed.frame().first() <= end) {
                end = Math.max(end, placed.frame().end());
            }
        }
        return end;
    }

    /**
     * A line without its newline; null if it is not here. Fast in rising order.
     *
     * @throws IOException also if the log is no longer what was read
     */
    byte @Nullable [] line(long sequence) throws IOException {
        Placed placed = open;
        if (placed == null || sequence < next || sequence >= placed.frame().end()) {
            placed = find(sequence);
            if (placed == null) {
                return null;
            }
            enter(placed);
        }
        byte[] line = cut();
        while (next <= sequence) {
            line = cut();
        }
        return line;
    }

    private @Nullable Placed find(long sequence) {
        for (Placed placed : frames) {
            if (placed.frame().first() <= sequence && sequence < placed.frame().end()) {
                return placed;
            }
        }
        return null;
    }

    private void enter(Placed placed) throws IOException {
        LogFrame frame = placed.frame();
        ByteBuffer buffer = ByteBuffer.allocate(frame.bytes());
        try (ReadableByteChannel channel = files.read(file, placed.offset())) {
            if (!fill(channel, buffer, frame.bytes()) || !frame.matches(buffer)) {
                throw new ForeignChangeException(file + " was changed by somebody else");
            }
        }
        bytes = Arrays.copyOfRange(buffer.array(), LogFrame.HEAD, LogFrame.HEAD + frame.length());
        open = placed;
        next = frame.first();
        at = 0;
    }

    private byte[] cut() throws IOException {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        if (end == bytes.length) {
            throw new IOException(file + " holds a frame with fewer lines than it says");
        }
        byte[] line = Arrays.copyOfRange(bytes, at, end);
        at = end + 1;
        next++;
        return line;
    }
}
