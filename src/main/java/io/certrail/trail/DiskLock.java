package io.certrail.trail;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A lock that holds against other processes and against other writers in this one.
 *
 * <p>POSIX record locks belong to the process and go when any of its descriptors of the file is closed (POSIX.1,
 * {@code fcntl}), so a second opener in this JVM must be turned away before it opens the file. It may live in another
 * class loader: who holds what is therefore kept in the system properties, as text.
 */
final class DiskLock implements Closeable {
    private final String held;
    private final FileChannel channel;

    private DiskLock(String held, FileChannel channel) {
        this.held = held;
        this.channel = channel;
    }

    static DiskLock acquire(Path file, FileAttribute<?>[] modes) throws IOException {
        String held = hold(file);
        try {
            return new DiskLock(held, open(file, modes));
        } catch (IOException | RuntimeException e) {
            System.clearProperty(held);
            throw e;
        }
    }

    /** Keeps writers away, without a trace; where nobody ever locked, there is no file. */
    static Closeable share(Path file) throws IOException {
        String held = hold(file);
        try {
            return new DiskLock(held, openShared(file));
        } catch (NoSuchFileException e) {
            return () -> System.clearProperty(held);
        } catch (IOException | RuntimeException e) {
            System.clearProperty(held);
            throw e;
        }
    }

    /** Turns away whoever else in this process wants the lock. */
    private static String hold(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        String held = "io.certrail.trail.lock:" + (folder == null ? file : folder.toRealPath());
        if (System.getProperties().putIfAbsent(held, "held") != null) {
            throw locked(file, "another application in this process");
        }
        return held;
    }

    private static FileChannel openShared(Path file) throws IOException {
        RegularFile.checkWritable(file);
        FileChannel channel = FileChannel.open(file, READ, NOFOLLOW_LINKS);
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                throw locked(file, "process " + holder(channel));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel open(Path file, FileAttribute<?>[] modes) throws IOException {
        RegularFile.checkWritableIfThere(file);
        FileChannel channel = FileChannel.open(file, Set.of(CREATE, READ, WRITE, NOFOLLOW_LINKS), modes);
        try {
            if (channel.tryLock() == null) {
                throw locked(file, "process " + holder(channel));
            }
            sign(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Tells others who holds the lock. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            channel.write(ascii(ProcessHandle.current().pid() + "\n"), 0);
        } catch (IOException e) {
            // the lock holds without it, on a full disk too
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "unknown";
    }

    private static TrailLockedException locked(Path file, String holder) {
        return new TrailLockedException("The trail is being written by " + holder + ", which holds " + file
                + ". One trail has one writer: stop the other one, or give this one a folder of its own.");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.clearProperty(held);
        }
    }
}
