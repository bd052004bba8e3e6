package io.certrail.trail;

import io.certrail.trail.TrailFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file behind a channel. */
final class ChannelFile implements OpenFile {
    /**
     * How long a file that is there is taken for the same. To compare it means to read its times, and Linux then gives the
     * next write a time of its own, which O_DSYNC writes to disk along with the data (multigrain timestamps, Linux 6.13):
     * a second write each time.
     */
    private static final long SAME_NANOS = 100_000_000;

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object key;
    private volatile long comparedLast = System.nanoTime();

    private ChannelFile(Path file, FileChannel channel, @Nullable Object key) {
        this.file = file;
        this.channel = channel;
        this.key = key;
    }

    static ChannelFile of(Path file, FileChannel channel) throws IOException {
        try {
            return new ChannelFile(file, channel, key(file));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Device and inode; null where there is no such thing. */
    static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void force() throws IOException {
        channel.force(false);
        comparedLast = System.nanoTime() - SAME_NANOS; // what is forced must be in the file that has the name
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        channel.truncate(size);
    }

    @Override
    public boolean isInPlace() throws IOException {
        long now = System.nanoTime();
        if (now - comparedLast < SAME_NANOS && Files.exists(file)) {
            return true;
        }
        try {
            boolean same = Objects.equals(key, key(file));
            if (same) {
                comparedLast = now;
            }
            return same;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
