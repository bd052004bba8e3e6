package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are read as they are and never changed: what is written goes nowhere. With them one sees what something would
 * do, as long as it does not read back what it has written. Belongs to one thread.
 */
final class DryFiles implements TrailFiles {
    private final TrailFiles files;
    private final Set<Path> created = new HashSet<>();

    DryFiles(TrailFiles files) {
        this.files = files;
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        return files.lockShared(file);
    }

    @Override
    public Closeable lockShared(Path file) throws IOException {
        return files.lockShared(file);
    }

    @Override
    public void createFolder(Path folder) {
        created.add(folder);
    }

    @Override
    public void forceFolder(Path folder) {
        // nothing was written to it
    }

    /** One that was created is empty, unless it was there. */
    @Override
    public List<Listed> list(Path folder) throws IOException {
        try {
            return files.list(folder);
        } catch (NoSuchFileException e) {
            if (created.contains(folder)) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public OpenFile create(Path file) {
        return new Nowhere();
    }

    @Override
    public OpenFile createPrivate(Path file) {
        return new Nowhere();
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        return files.isPrivate(file);
    }

    @Override
    public String owner(Path file) throws IOException {
        return files.owner(file);
    }

    @Override
    public void replace(Path from, Path to) {
        // both stay as they are
    }

    @Override
    public OpenFile open(Path file) {
        return new Nowhere();
    }

    @Override
    public OpenFile openSynchronous(Path file) {
        return new Nowhere();
    }

    @Override
    public SeekableByteChannel read(Path file, long offset) throws IOException {
        return files.read(file, offset);
    }

    @Override
    public @Nullable Object identity(Path file) throws IOException {
        return files.identity(file);
    }

    @Override
    public void delete(Path file) {
        // it stays
    }

    /** Takes all and keeps nothing. */
    private static final class Nowhere implements OpenFile {
        private long size;

        @Override
        public void write(ByteBuffer bytes, long offset) {
            size = Math.max(size, offset + bytes.remaining());
            bytes.position(bytes.limit());
        }

        @Override
        public void force() {
            // nothing is to be kept
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void truncate(long newSize) {
            size = Math.min(size, newSize);
        }

        @Override
        public boolean isInPlace() {
            return true;
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }
}
