package io.certrail.trail;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import com.sun.nio.file.ExtendedOpenOption;
import io.certrail.trail.TrailFiles.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file whose writes are on disk when they return: past the page cache (O_DIRECT, O_DSYNC) where the file system does
 * that, else through it (O_DSYNC). Measured on ext4 with 4 KiB: 112 µs and 46 µs of CPU a write, against 129 and 55 for a
 * write and {@code fdatasync}, and 174 and 76 for those at the end of a file that grows.
 */
final class SynchronousFile implements OpenFile {
    private final Path path;
    private OpenFile file;
    private boolean direct;

    private SynchronousFile(Path path, OpenFile file, boolean direct) {
        this.path = path;
        this.file = file;
        this.direct = direct;
    }

    static SynchronousFile open(Path path) throws IOException {
        RegularFile.checkWritable(path);
        try {
            FileChannel channel = FileChannel.open(path, WRITE, DSYNC, NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);
            return new SynchronousFile(path, ChannelFile.of(path, channel), true);
        } catch (IOException | UnsupportedOperationException | LinkageError e) { // a server may hide com.sun.nio.file
            return new SynchronousFile(path, cached(path), false);
        }
    }

    private static OpenFile cached(Path path) throws IOException {
        return ChannelFile.of(path, FileChannel.open(path, WRITE, DSYNC, NOFOLLOW_LINKS));
    }

    /** Some file systems let a file be opened for direct writes and then refuse them, or want larger blocks. */
    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
        if (direct) {
            try {
                file.write(bytes.duplicate(), offset);
                return;
            } catch (IOException e) {
                direct = false;
                OpenFile old = file;
                file = cached(path);
                old.close();
            }
        }
        file.write(bytes, offset);
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public boolean isInPlace() throws IOException {
        return file.isInPlace();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
