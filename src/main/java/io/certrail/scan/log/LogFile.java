package io.certrail.scan.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file that grows. When it is cut or replaced by a shorter one, it is read from its beginning. */
public final class LogFile implements LogSource {
    /** Longest line; of a longer one the rest is a line of its own. */
    static final int MAX_LINE = 1 << 20;

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long position;

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
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read: run the scan as a user who may read the log");
        }
        position = Files.size(file);
        begun.reset();
    }

    @Override
    public List<String> poll() throws IOException {
        List<String> lines = new ArrayList<>();
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() < position) {
                position = 0;
                begun.reset();
            }
            channel.position(position);
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (channel.read(block.clear()) > 0) {
                position += block.flip().remaining();
                take(block, lines);
            }
        }
        return lines;
    }

    private void take(ByteBuffer block, List<String> lines) {
        while (block.hasRemaining()) {
            byte b = block.get();
            if (b == '\n' || begun.size() == MAX_LINE) {
                lines.add(begun.toString(UTF_8));
                begun.reset();
            }
            if (b != '\n') {
                begun.write(b);
            }
        }
    }

    @Override
    public void close() {
        // A channel is open only while it is read.
    }
}
