package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The disk, but calls fail as a plan tells. A force only remembers what it covers, so that {@link #losePower()} can take
 * the rest away.
 */
public final class FaultyFiles implements TrailFiles {
    private final TrailFiles disk = TrailFiles.onDisk();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> names = Collections.synchronizedList(new ArrayList<>());
    private final IntPredicate fails;
    private final BiPredicate<String, Path> where;
    private final boolean partly;
    private final String reason;
    private final PowerCut power = new PowerCut();

    /**
     * @param fails whether the n-th call fails, from 0
     * @param partly whether a write that fails has written half
     */
    public FaultyFiles(IntPredicate fails, boolean partly) {
        this(fails, partly, "Input/output error");
    }

    /** @param reason what the system says of the failure */
    public FaultyFiles(IntPredicate fails, boolean partly, String reason) {
        this(fails, (name, file) -> false, partly, reason);
    }

    private FaultyFiles(IntPredicate fails, BiPredicate<String, Path> where, boolean partly, String reason) {
        this.fails = fails;
        this.where = where;
        this.partly = partly;
        this.reason = reason;
    }

    /**
     * Calls fail by what they are: the name of the method, and the file; {@code wrote} fails once all is written.
     *
     * @param reason what the system says of the failure
     */
    public static FaultyFiles where(BiPredicate<String, Path> fails, String reason) {
        return new FaultyFiles(call -> false, fails, true, reason);
    }

    /** The disk, and somebody who deletes a file just before it is read. */
    public static FaultyFiles deletedBeforeRead(Path deleted) {
        return where(
                (call, file) -> {
                    if (call.equals("read") && file.equals(deleted)) {
                        remove(file);
                    }
                    return false;
                },
                "never");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    /** What the n-th call was, such as {@code write log}; empty if there were not so many. */
    public String name(int call) {
        synchronized (names) {
            return call < names.size() ? names.get(call) : "";
        }
    }

    private boolean isFault(String name, Path file) {
        int call;
        synchronized (names) {
            call = calls.getAndIncrement();
            names.add(name + " " + kind(file));
        }
        return fails.test(call) || where.test(name, file);
    }

    private static String kind(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".jsonl")) {
            return "segment";
        }
        return name.endsWith(".part") ? "torn part" : List.of("lock", "log").contains(name) ? name : "folder";
    }

    private void call(String name, Path file) throws IOException {
        if (isFault(name, file)) {
            throw fault(name);
        }
    }

    private IOException fault(String name) {
        return new IOException("injected into " + name + ": " + reason);
    }

    /** What was not forced may be gone. */
    public void losePower() throws IOException {
        power.happens(calls());
    }

    @Override
    public Closeable lock(Path file) throws IOException {
        call("lock", file);
        return disk.lock(file);
    }

    @Override
    public Closeable lockShared(Path file) throws IOException {
        call("lockShared", file);
        return disk.lockShared(file);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        call("createFolder", folder);
        disk.createFolder(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        call("forceFolder", folder);
        power.forcedFolder(folder);
    }

    @Override
    public List<Listed> list(Path folder) throws IOException {
        call("list", folder);
        return disk.list(folder);
    }

    @Override
    public OpenFile create(Path file) throws IOException {
        call("create", file);
        OpenFile open = disk.create(file);
        power.created(file);
        return new Faulty(file, open, false);
    }

    @Override
    public OpenFile createPrivate(Path file) throws IOException {
        call("createPrivate", file);
        OpenFile open = disk.createPrivate(file);
        power.created(file);
        return new Faulty(file, open, false);
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        call("isPrivate", file);
        return disk.isPrivate(file);
    }

    @Override
    public String owner(Path file) throws IOException {
        call("owner", file);
        return disk.owner(file);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        call("replace", to);
        power.replaces(from, to);
        disk.replace(from, to);
    }

    @Override
    public OpenFile open(Path file) throws IOException {
        call("open", file);
        power.opened(file);
        return new Faulty(file, disk.open(file), false);
    }

    @Override
    public OpenFile openSynchronous(Path file) throws IOException {
        call("openSynchronous", file);
        power.opened(file);
        return new Faulty(file, disk.open(file), true);
    }

    @Override
    public SeekableByteChannel read(Path file, long offset) throws IOException {
        call("read", file);
        return disk.read(file, offset);
    }

    @Override
    public @Nullable Object identity(Path file) throws IOException {
        call("identity", file);
        return disk.identity(file);
    }

    @Override
    public void delete(Path file) throws IOException {
        call("delete", file);
        power.deletes(file);
        disk.delete(file);
    }

    private final class Faulty implements OpenFile {
        private final Path file;
        private final OpenFile open;
        private final boolean synchronous;

        Faulty(Path file, OpenFile open, boolean synchronous) {
            this.file = file;
            this.open = open;
            this.synchronous = synchronous;
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            if (isFault("write", file)) {
                if (partly) {
                    open.write(bytes.limit(bytes.position() + bytes.remaining() / 2), offset);
                    forceIfSynchronous();
                }
                throw fault("write");
            }
            open.write(bytes, offset);
            forceIfSynchronous();
            if (where.test("wrote", file)) {
                throw fault("wrote");
            }
        }

        private void forceIfSynchronous() throws IOException {
            if (synchronous) {
                power.forced(file);
            }
        }

        @Override
        public void force() throws IOException {
            call("force", file);
            power.forced(file);
        }

        @Override
        public long size() throws IOException {
            call("size", file);
            return open.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            call("truncate", file);
            open.truncate(size);
        }

        @Override
        public boolean isInPlace() throws IOException {
            call("isInPlace", file);
            return open.isInPlace();
        }

        @Override
        public void close() throws IOException {
            open.close();
            call("close", file);
        }
    }
}
