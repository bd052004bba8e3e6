package io.certrail.api;

import io.certrail.trail.Durable;
import io.certrail.trail.TrailReader;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * What was on disk at one moment, whole. Lines that are in the write-ahead log alone come to their segment within
 * milliseconds, and are waited for. For one thread.
 */
final class LinesUpTo implements EntrySource.Entries {
    private static final long LONGEST_WAIT_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final TrailReader reader;
    private final Durable durable;
    private long next;

    LinesUpTo(TrailReader reader, Durable durable, long next) {
        this.reader = reader;
        this.durable = durable;
        this.next = next;
    }

    @Override
    public boolean next() throws IOException {
        long begin = System.nanoTime();
        while (!reader.next(durable)) {
            if (next >= durable.end()) {
                return false;
            }
            if (reader.sequence() >= durable.end()) {
                throw new IOException("The records from " + next + " to " + (durable.end() - 1)
                        + " were deleted by retention before they were read; read again, from what is left");
            }
            if (System.nanoTime() - begin > LONGEST_WAIT_NANOS
                    || Thread.currentThread().isInterrupted()) {
                throw new IOException("The record " + next
                        + " is on disk, but in no file of the trail's that can be read yet; read again later");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        next = reader.sequence() + 1;
        return true;
    }

    @Override
    public long sequence() {
        return reader.sequence();
    }

    @Override
    public byte[] line() {
        return reader.line();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
