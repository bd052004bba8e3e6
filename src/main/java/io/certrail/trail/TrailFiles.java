package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file layer: all that a trail asks of a file system. Every method may fail at any time. Only regular files are opened, and
 * none is written through a symbolic link; a file may be read through one, and the folders above it may be reached so.
 */
public interface TrailFiles {
    /** The file system of this machine. */
    static TrailFiles onDisk() {
        return new DiskFiles();
    }

    /**
     * Locks a file, which is made if missing, until the lock is closed.
     *
     * @throws TrailLockedException if it is locked already, by this process or another
     */
    Closeable lock(Path file) throws IOException;

    /**
     * Keeps others from locking a file until this is closed, and changes nothing, not even the file's time; a file that is
     * missing nobody has locked.
     *
     * @throws TrailLockedException if it is locked, by this process or another
     */
    Closeable lockShared(Path file) throws IOException;

    /** Makes a folder and its parents unless they are there. */
    void createFolder(Path folder) throws IOException;

    /** Forces the names in a folder. */
    void forceFolder(Path folder) throws IOException;

    /**
     * The regular files in a folder, in the order of their names. With a file that is made meanwhile come all those of lesser
     * names that were made before it: files whose names count up have no holes.
     */
    List<Listed> list(Path folder) throws IOException;

    /** Makes a file, which must not be there, to be written. */
    OpenFile create(Path file) throws IOException;

    /** Makes a file, which must not be there, that only its owner may read and write, where the file system knows that. */
    OpenFile createPrivate(Path file) throws IOException;

    /** Whether nobody but its owner may read or write a file, as far as the file system knows. */
    boolean isPrivate(Path file) throws IOException;

    /** Whose a file is; empty where the file system does not know. */
    String owner(Path file) throws IOException;

    /** Gives a file another name in its folder, in place of the file that has it; at once, for whoever looks. */
    void replace(Path from, Path to) throws IOException;

    /** Opens a file, which must be there, to be written. */
    OpenFile open(Path file) throws IOException;

    /**
     * Opens a file, which must be there, to be written in whole blocks of 4096 bytes, from buffers aligned likewise. What
     * a write has written is on disk when it returns.
     */
    OpenFile openSynchronous(Path file) throws IOException;

    /** Opens a file to be read from an offset. */
    SeekableByteChannel read(Path file, long offset) throws IOException;

    /**
     * What tells a file from those that had its name before, or will have it later, as long as somebody has it open; null where
     * the file system knows no such thing.
     */
    @Nullable
    Object identity(Path file) throws IOException;

    /** Deletes a file, or a folder without files, unless it is gone already. */
    void delete(Path file) throws IOException;

    /** A file in a folder. */
    record Listed(Path file, long bytes, Instant modified) {}

    /** A file that is being written, by one thread. */
    interface OpenFile extends Closeable {
        /** Writes all that remains in the buffer, at an offset. */
        void write(ByteBuffer bytes, long offset) throws IOException;

        /** Returns once all that was written is on disk. */
        void force() throws IOException;

        /** In bytes. */
        long size() throws IOException;

        /** Cuts the file to a size, in bytes; leaves a shorter one alone. */
        void truncate(long size) throws IOException;

        /** Whether the file still has the name under which it was opened: that it was neither deleted nor replaced. */
        boolean isInPlace() throws IOException;
    }
}
