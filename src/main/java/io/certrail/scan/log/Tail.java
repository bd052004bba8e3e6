package io.certrail.scan.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An open file that grows, whatever its name has become. When it is cut, it is read from its beginning. */
final class Tail implements Closeable {
    /** Longest line; of a longer one the rest is a line of its own. */
    static final int MAX_LINE = 1 << 20;

    /** Most that is read at a time; the rest is there the next time. */
    private static final int MAX_READ = 1 << 23;

    private static final int BLOCK = 1 << 16;

    private final SeekableByteChannel channel;
    private final @Nullable Object key;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private long position;

    private Tail(SeekableByteChannel channel, @Nullable Object key) {
        this.channel = channel;
        this.key = key;
    }

    /** Stands at the file's beginning. */
    static Tail of(Path file) throws IOException {
        Object key = key(file);
        return new Tail(Files.newByteChannel(file), key);
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    void skip() throws IOException {
        position = channel.size();
    }

    /** Whether that is the file's name still; where files have no keys, it always is. */
    boolean isAt(Path file) throws IOException {
        return Objects.equals(key, key(file));
    }

    /** Adds the whole lines that came. */
    void read(List<String> lines) throws IOException {
        if (channel.size() < position) {
            position = 0;
            begun.reset();
        }
        channel.position(position);
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (int read = 0; read < MAX_READ && channel.read(block.clear()) > 0; read += BLOCK) {
            position += block.flip().remaining();
            take(block, lines);
        }
    }

    private void take(ByteBuffer block, List<String> lines) {
        while (block.hasRemaining()) {
            byte b = block.get();
            if (b == '\n' || begun.size() == MAX_LINE) {
                lines.add(line());
                begun.reset();
            }
            if (b != '\n') {
                begun.write(b);
            }
        }
    }

    /** A carriage return before the line feed is not of the line. */
    private String line() {
        String text = begun.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
