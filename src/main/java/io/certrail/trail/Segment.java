package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * The segment being written. Before each write its size is compared with what was written (one {@code fstat}), before
 * anything is acknowledged its name with the file (one {@code stat}): what somebody else did to it is noticed.
 *
 * <p>Belongs to the writer's thread, but for {@link #forceDurable()}, which another may call meanwhile.
 */
final class Segment implements Closeable {
    private final SegmentName name;
    private final TrailFiles.OpenFile file;
    private final long begun = System.nanoTime();
    private final Object forcing = new Object();
    private long written;
    private Mark durable;
    /** How far the file system has what is durable. */
    private volatile Mark handed;

    private volatile Mark forced;
    private volatile @Nullable IOException failure;
    /** What failed until there is memory to word it. */
    private final IOException unworded = new IOException("a force failed");

    private boolean closed;

    /**
     * @param size in bytes, all of them on disk
     * @param next the number that its next line gets
     */
    Segment(SegmentName name, TrailFiles.OpenFile file, long size, long next) {
        this.name = name;
        this.file = file;
        this.written = size;
        this.durable = new Mark(size, next);
        this.handed = durable;
        this.forced = durable;
    }

    /**
     * How far a segment has come.
     *
     * @param bytes from its beginning
     * @param next the number of the line that follows
     */
    record Mark(long bytes, long next) {}

    /** In bytes. */
    long written() {
        return written;
    }

    long ageNanos() {
        return System.nanoTime() - begun;
    }

    /** How far it is forced, as far as is known. */
    Mark forced() {
        return forced;
    }

    /** Hands bytes to the file system. */
    void write(ByteBuffer bytes) throws IOException {
        expectSize();
        int count = bytes.remaining();
        file.write(bytes, written);
        written += count;
    }

    /** Whether a force by another thread failed: then it is to be abandoned. */
    boolean isBroken() {
        return failure != null;
    }

    /**
     * Fails if another thread's force failed, or if the file has lost its name. To be called before anything in it is
     * acknowledged.
     */
    void expectSound() throws IOException {
        IOException earlier = failure;
        if (earlier != null) {
            throw earlier;
        }
        if (!file.isInPlace()) {
            throw new ForeignChangeException(name.name() + " was deleted or replaced by somebody else");
        }
    }

    private void expectSize() throws IOException {
        long size = file.size();
        if (size != written) {
            throw new ForeignChangeException(
                    name.name() + " has " + size + " bytes, not " + written + ": changed by somebody else");
        }
    }

    /**
     * All that was written is durable, here or elsewhere.
     *
     * @param deferred so many bytes more are durable elsewhere, and yet to be written
     * @param next the number of the line after them
     */
    void durable(int deferred, long next) {
        durable = new Mark(written + deferred, next);
        if (deferred == 0) {
            handed = durable;
        }
    }

    /** What was deferred is written. */
    void handed() {
        handed = durable;
    }

    /** Forces all that was written. After a failure {@link #forceDurable()} does nothing. */
    void force(long next) throws IOException {
        synchronized (forcing) {
            try {
                file.force();
                expectSize();
                expectSound();
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
                throw e;
            }
            durable = new Mark(written, next);
            handed = durable;
            forced = durable;
        }
    }

    /** Forces what is durable elsewhere, unless that failed before. Any thread, while the writer goes on. */
    void forceDurable() throws IOException {
        synchronized (forcing) {
            Mark mark = handed;
            if (closed || failure != null || mark.equals(forced)) {
                return;
            }
            try {
                file.force();
                expectSound();
                forced = mark;
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
                throw e;
            }
        }
    }

    /** For good: a system tells of a lost write once, and the next force would succeed. */
    private void fail(Throwable e) {
        failure = unworded;
        failure = e instanceof IOException told ? told : new IOException("a force failed: " + e, e);
    }

    /** Closes it for good, and says what is to be cut off. */
    Remains abandon() {
        try {
            close();
        } catch (IOException e) {
            // it failed before: nothing in it is relied on but what was forced
        }
        return new Remains(name, forced.bytes(), durable.bytes());
    }

    @Override
    public void close() throws IOException {
        synchronized (forcing) {
            closed = true;
            file.close();
        }
    }

    /**
     * A segment that is never written again, and may end in lines that are not to stand there.
     *
     * @param forced what is forced of it, in bytes
     * @param durable what is durable, here or in the log, in bytes
     */
    record Remains(SegmentName name, long forced, long durable) {
        /** Cuts off what is lost. */
        void cutLost(TrailFiles files) throws IOException {
            cut(files, durable);
        }

        /** Cuts off what is written anew from the log. */
        void cutUnforced(TrailFiles files) throws IOException {
            cut(files, forced);
        }

        /** One without anything to stand is deleted, for its successor has its name. */
        private void cut(TrailFiles files, long size) throws IOException {
            if (size == 0) {
                files.delete(name.file());
                return;
            }
            try (TrailFiles.OpenFile file = files.open(name.file())) {
                file.truncate(size);
                file.force();
            } catch (NoSuchFileException e) {
                // nothing left to cut
            }
        }
    }
}
