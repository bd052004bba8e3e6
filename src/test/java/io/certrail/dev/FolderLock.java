package io.certrail.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds a server's folder for one server at a time; the operating system lets go when the holder dies. */
final class FolderLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StartException if another server has it */
    static FolderLock take(Path folder) throws IOException, StartException {
        FolderLock lock = tryTake(folder);
        if (lock == null) {
            throw new StartException("another server was started in " + folder + " and still runs: stop it first");
        }
        return lock;
    }

    /**
     * Waits for it while somebody else has it, another build or the tests' other process.
     *
     * @throws StartException if that takes longer than a server may take to be configured
     */
    static FolderLock await(Path folder) throws IOException, StartException, InterruptedException {
        long begin = System.nanoTime();
        FolderLock lock = tryTake(folder);
        while (lock == null) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new StartException("a server is being configured in " + folder + ", for more than "
                        + PATIENCE.toMinutes() + " minutes: stop what does that first");
            }
            Thread.sleep(PAUSE_MILLIS);
            lock = tryTake(folder);
        }
        return lock;
    }

    /** {@code null} if somebody has it, another server of this JVM as well as one of another. */
    private static @Nullable FolderLock tryTake(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // by this JVM
        }
        channel.close();
        return null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
