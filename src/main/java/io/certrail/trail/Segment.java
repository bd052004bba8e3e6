package io.certrail.trail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;

/**
 * The segment being written. Before each write its size is compared with what was written (one {@code fstat}), after
 * each force its name with the file (one {@code stat}): what somebody else did to it is noticed before anything is
 * acknowledged.
 */
final class Segment implements Closeable {
    private final SegmentName name;
    private final TrailFiles.OpenFile file;
    private final ByteBuffer buffer;
    private final long begun = System.nanoTime();
    private long written;
    private long forced;

    /**
     * @param size in bytes, all of them on disk
     * @param buffer empty; gathers what is to be written
     */
    Segment(SegmentName name, TrailFiles.OpenFile file, long size, ByteBuffer buffer) {
        this.name = name;
        this.file = file;
        this.buffer = buffer;
        this.written = size;
        this.forced = size;
    }

    /** In bytes, those not yet written included. */
    long size() {
        return written + buffer.position();
    }

    long ageNanos() {
        return System.nanoTime() - begun;
    }

    void append(byte[] line, byte[] ending) throws IOException {
        put(line);
        put(ending);
    }

    private void put(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, buffer.remaining());
            buffer.put(bytes, from, count);
            from += count;
            if (!buffer.hasRemaining()) {
                write();
            }
        }
    }

    void write() throws IOException {
        if (buffer.position() > 0) {
            expectSize();
            buffer.flip();
            int count = buffer.remaining();
            file.write(buffer, written);
            written += count;
            buffer.clear();
        }
    }

    void force() throws IOException {
        write();
        file.force();
        expectSize();
        if (!file.isInPlace()) {
            throw new ForeignChangeException(name.name() + " was deleted or replaced by somebody else");
        }
        forced = written;
    }

    private void expectSize() throws IOException {
        long size = file.size();
        if (size != written) {
            throw new ForeignChangeException(
                    name.name() + " has " + size + " bytes, not " + written + ": changed by somebody else");
        }
    }

    /** Closes it for good, and says what is to be cut off. */
    Remains abandon() {
        buffer.clear();
        try {
            close();
        } catch (IOException e) {
            // it failed before: nothing in it is relied on but what was forced
        }
        return new Remains(name, forced);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * A segment that is never written again, and may end in lines that are not to stand.
     *
     * @param forced what is to stand of it, in bytes
     */
    record Remains(SegmentName name, long forced) {
        /** Cuts it; one without anything to stand is deleted, for its successor has its name. */
        void cut(TrailFiles files) throws IOException {
            if (forced == 0) {
                files.delete(name.file());
                return;
            }
            try (TrailFiles.OpenFile file = files.open(name.file())) {
                file.truncate(forced);
                file.force();
            } catch (NoSuchFileException e) {
                // nothing left to cut
            }
        }
    }
}
