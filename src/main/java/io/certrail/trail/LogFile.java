package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The write-ahead log's file, in one epoch. It is of constant size and written round and round, so that lines become
 * durable without a change that the file system would have to note in its own journal. Its halves are used in turns: one
 * is written again only when all lines in it are forced in segments. Belongs to the writer's thread.
 */
final class LogFile implements Closeable {
    private static final int FILL_BYTES = 1 << 20;

    private final TrailFiles.OpenFile file;
    private final long half;
    private final long epoch;
    /** By half: the number after its last line. */
    private final long[] ends = new long[2];

    /** The half being written. */
    private int turn;
    /** Where in it, in bytes. */
    private long at;

    private LogFile(TrailFiles.OpenFile file, long half, long epoch) {
        this.file = file;
        this.half = half;
        this.epoch = epoch;
    }

    static Path path(Path folder) {
        return folder.resolve("wal").resolve("log");
    }

    /**
     * Begins an epoch; what earlier ones left is void from then on. The file is made and filled if it is missing, or
     * made anew if its size is another.
     *
     * @param bytes size of the file
     * @param epoch greater than any before
     * @param forced all lines before this number are forced in segments, and there are no others
     */
    static LogFile begin(TrailFiles files, Path folder, long bytes, long epoch, long forced) throws IOException {
        Path path = path(folder);
        long half = bytes / 2 / LogFrame.BLOCK * LogFrame.BLOCK;
        prepare(files, folder, path, 2 * half);
        TrailFiles.OpenFile file = files.openSynchronous(path);
        try {
            LogFile log = new LogFile(file, half, epoch);
            log.mark(forced);
            return log;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static void prepare(TrailFiles files, Path folder, Path path, long size) throws IOException {
        Path parent = folder.resolve("wal");
        files.createFolder(parent);
        if (isThere(files, parent, path, size)) {
            return;
        }
        files.delete(path);
        try (TrailFiles.OpenFile file = files.create(path)) {
            fill(file, size);
        } catch (IOException e) {
            files.delete(path); // on a full disk, records need the place more
            throw e;
        }
        files.forceFolder(parent);
        files.forceFolder(folder);
    }

    private static boolean isThere(TrailFiles files, Path parent, Path path, long size) throws IOException {
        return files.list(parent).stream().anyMatch(each -> each.file().equals(path) && each.bytes() == size);
    }

    private static void fill(TrailFiles.OpenFile file, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(FILL_BYTES);
        for (long offset = 0; offset < size; offset += FILL_BYTES) {
            file.write(zeros.limit((int) Math.min(FILL_BYTES, size - offset)).position(0), offset);
        }
        file.force();
    }

    /** Deletes a log, of which nothing may be needed any more. */
    static void delete(TrailFiles files, Path folder) throws IOException {
        Path parent = folder.resolve("wal");
        files.createFolder(parent);
        files.delete(path(folder));
        files.forceFolder(parent);
    }

    /**
     * Makes lines durable.
     *
     * @param first number of the batch's first line
     * @param forced all lines before this number are forced in segments
     * @return false if there is no room for them: then a segment is to be forced instead
     * @throws IOException if they may be durable or not: the log is to be closed, and another epoch begun
     */
    boolean write(Batch batch, long first, long forced) throws IOException {
        Optional<LogFrame> frame = batch.frame(epoch, first, forced).filter(each -> findRoom(each.bytes(), forced));
        if (frame.isEmpty()) {
            return false;
        }
        write(frame.get(), batch.sealed(frame.get()));
        return true;
    }

    /** Notes that all lines before a number are forced in segments, and that there are no others. */
    void mark(long forced) throws IOException {
        LogFrame mark = new LogFrame(epoch, forced, forced, 0, 0);
        ByteBuffer block = ByteBuffer.allocateDirect(2 * LogFrame.BLOCK)
                .alignedSlice(LogFrame.BLOCK)
                .limit(LogFrame.BLOCK);
        mark.seal(block);
        if (findRoom(LogFrame.BLOCK, forced)) {
            write(mark, block);
        }
    }

    /** Goes over to the other half if need be, and if it may be written again. */
    private boolean findRoom(int bytes, long forced) {
        if (at + bytes <= half) {
            return true;
        }
        if (bytes > half || ends[1 - turn] > forced) {
            return false;
        }
        turn = 1 - turn;
        at = 0;
        return true;
    }

    private void write(LogFrame frame, ByteBuffer bytes) throws IOException {
        file.write(bytes, turn * half + at);
        at += frame.bytes();
        ends[turn] = frame.end();
    }

    /** Whether the half that is written next holds lines that are not forced in segments. */
    boolean isWaiting(long forced) {
        return ends[1 - turn] > forced;
    }

    /** Whether the file still has its name. */
    boolean isInPlace() throws IOException {
        return file.isInPlace();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
