package io.certrail.scan.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A file that grows. When it is rotated, the old one is read on, for a server writes to it until it has opened the new one;
 * meanwhile there may be none of its name.
 */
public final class LogFile implements LogSource {
    /** The file that has the name, and the one that had it before. */
    private static final int MAX_TAILS = 2;

    private final Path file;
    /** The oldest first. */
    private final Deque<Tail> tails = new ArrayDeque<>();

    public LogFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void mark() throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is not there: name the file that the server writes; if it makes it with its"
                    + " first line, make an empty one that the server's user may write");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file: name the file that the server writes, not a pipe or a"
                    + " device; or the folder of a trail, with entries/ in it");
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read: run the scan as a user who may read the log");
        }
        close();
        tails.add(Tail.of(file));
        tails.getLast().skip();
    }

    @Override
    public List<String> poll() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean rotated = isRotated(); // before the old file is read: what was written to it until then is older
        for (Tail tail : tails) {
            tail.read(lines);
        }
        if (rotated) {
            follow(lines);
        }
        return lines;
    }

    private boolean isRotated() throws IOException {
        try {
            return !tails.getLast().isAt(file);
        } catch (NoSuchFileException e) { // it was renamed, and is not made anew yet
            return false;
        }
    }

    private void follow(List<String> lines) throws IOException {
        try {
            tails.add(Tail.of(file));
            tails.getLast().read(lines);
        } catch (NoSuchFileException e) {
            return; // renamed again
        }
        if (tails.size() > MAX_TAILS) {
            tails.removeFirst().close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Tail tail : tails) {
            tail.close();
        }
        tails.clear();
    }
}
