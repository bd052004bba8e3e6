package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * The disk, but calls fail as a plan tells. A force only remembers what it covers, so that {@link #losePower()} can take
 * the rest away.
 */
public final class FaultyFiles implements TrailFiles {
    private final TrailFiles disk = TrailFiles.onDisk();
    private final AtomicInteger calls = new AtomicInteger();
    private final IntPredicate fails;
    private final boolean partly;
    private final Map<Path, Long> forced = new HashMap<>();
    private final Set<Path> unnamed = new HashSet<>();

    /**
     * @param fails whether the n-th call fails, from 0
     * @param partly whether a write that fails has written half
     */
    public FaultyFiles(IntPredicate fails, boolean partly) {
        this.fails = fails;
        this.partly = partly;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    private boolean isFault() {
        return fails.test(calls.getAndIncrement());
    }

    private void call(String name) throws IOException {
        if (isFault()) {
            throw new IOException("injected into " + name);
        }
    }

    /** What was not forced is gone: bytes, and files whose folder was not forced after they were made. */
    public synchronized void losePower() throws IOException {
        for (Path file : unnamed) {
            Files.deleteIfExists(file);
        }
        for (Map.Entry<Path, Long> entry : forced.entrySet()) {
            if (Files.exists(entry.getKey())) {
                cut(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long unforced = channel.size() - size;
            channel.truncate(size + Math.max(0, unforced) / 2);
        }
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        call("lock");
        return disk.lock(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call("createFolder");
        disk.createFolder(folder);
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        call("forceFolder");
        unnamed.removeIf(file -> folder.equals(file.getParent()));
    }

    @Override
    public List<Listed> list(Path folder) throws IOException {
        call("list");
        return disk.list(folder);
    }

    @Override
    public synchronized OpenFile create(Path file) throws IOException {
        call("create");
        OpenFile open = disk.create(file);
        unnamed.add(file);
        forced.put(file, 0L);
        return new Faulty(file, open);
    }

    @Override
    public synchronized OpenFile createPrivate(Path file) throws IOException {
        call("createPrivate");
        OpenFile open = disk.createPrivate(file);
        unnamed.add(file);
        forced.put(file, 0L);
        return new Faulty(file, open);
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        call("isPrivate");
        return disk.isPrivate(file);
    }

    /** The name counts as forced once the folder is; until then a loss of power takes the file, not the name. */
    @Override
    public synchronized void replace(Path from, Path to) throws IOException {
        call("replace");
        disk.replace(from, to);
        Long bytes = forced.remove(from);
        if (bytes != null) {
            forced.put(to, bytes);
        }
        unnamed.remove(from);
    }

    @Override
    public synchronized OpenFile open(Path file) throws IOException {
        call("open");
        forced.putIfAbsent(file, Files.exists(file) ? Files.size(file) : 0);
        return new Faulty(file, disk.open(file));
    }

    @Override
    public synchronized OpenFile openSynchronous(Path file) throws IOException {
        call("openSynchronous");
        forced.putIfAbsent(file, Files.exists(file) ? Files.size(file) : 0);
        return new Faulty(file, disk.openSynchronous(file));
    }

    @Override
    public ReadableByteChannel read(Path file, long offset) throws IOException {
        call("read");
        return disk.read(file, offset);
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete");
        disk.delete(file);
    }

    private final class Faulty implements OpenFile {
        private final Path file;
        private final OpenFile open;

        Faulty(Path file, OpenFile open) {
            this.file = file;
            this.open = open;
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            if (isFault()) {
                if (partly) {
                    open.write(bytes.limit(bytes.position() + bytes.remaining() / 2), offset);
                }
                throw new IOException("injected into write");
            }
            open.write(bytes, offset);
        }

        @Override
        public void force() throws IOException {
            call("force");
            synchronized (FaultyFiles.this) {
                forced.put(file, open.size());
            }
        }

        @Override
        public long size() throws IOException {
            call("size");
            return open.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            call("truncate");
            open.truncate(size);
        }

        @Override
        public boolean isInPlace() throws IOException {
            call("isInPlace");
            return open.isInPlace();
        }

        @Override
        public void close() throws IOException {
            open.close();
            call("close");
        }
    }
}
