package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log as the journal sees it: used while it can be, done without while it can not, begun again later.
 * Without it nothing is lost: segments are forced instead, which takes longer. Belongs to the writer's thread.
 */
final class WriteAheadLog {
    /** Of the interval between attempts to write a segment: filling a log takes its time. */
    private static final int RETRY_FACTOR = 60;

    private final TrailFiles files;
    private final Path folder;
    private final long bytes;
    private final long retryNanos;
    private final GuardedMeter meter;
    private @Nullable LogFile file;
    private long epoch;
    /** Whether there may be a file that holds lines which were told lost. */
    private boolean stale;

    private long triedLast;

    /** @param epoch the last one on disk; 0: there is no log */
    WriteAheadLog(TrailOptions options, TrailFiles files, long epoch, GuardedMeter meter) {
        this.files = files;
        this.folder = options.folder();
        this.bytes = options.walBytes();
        this.retryNanos = RETRY_FACTOR * options.retryInterval().toNanos();
        this.epoch = epoch;
        this.stale = bytes == 0 && epoch > 0;
        this.meter = meter;
        this.triedLast = System.nanoTime() - retryNanos;
    }

    /**
     * Makes lines durable.
     *
     * @param first number of the batch's first line
     * @param forced all lines before this number are forced in segments
     * @return whether they are durable now; if not, a segment is to be forced
     */
    boolean write(Batch batch, long first, long forced) {
        try {
            LogFile log = first == forced ? begun(forced) : file;
            if (log == null) {
                return false;
            }
            if (!log.isInPlace()) {
                throw new ForeignChangeException("it was deleted or replaced by somebody else");
            }
            return log.write(batch, first, forced);
        } catch (IOException e) {
            fail(e);
            return false;
        }
    }

    /** The file, begun if it is time for that. */
    private @Nullable LogFile begun(long forced) throws IOException {
        if (file == null && System.nanoTime() - triedLast >= retryNanos) {
            begin(forced);
        }
        return file;
    }

    private void begin(long forced) throws IOException {
        triedLast = System.nanoTime();
        release();
        if (bytes > 0) {
            file = LogFile.begin(files, folder, bytes, ++epoch, forced);
        } else if (stale) {
            LogFile.delete(files, folder);
        }
        stale = false;
    }

    private void fail(IOException e) {
        stale = true;
        release();
        meter.logFailed();
        GuardedLog.log(
                Level.WARNING,
                "CTR0308 The write-ahead log can not be used, tried again later; until then every batch is forced into"
                        + " its segment, which takes longer: " + FailureLog.cause(e));
    }

    private void release() {
        LogFile old = file;
        file = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                // nothing in it is relied on any more but what was durable before
            }
        }
    }

    /** Lines of this epoch may be told lost: it may have got them although an error broke its writing off. */
    void doubt() {
        stale |= file != null;
    }

    /**
     * After a failure, once all that is durable is forced in segments: sees to it that no line told lost stands in the
     * log, where a start would find it.
     *
     * @throws IOException if that is not certain: then nothing may be acknowledged
     */
    void clear(long forced) throws IOException {
        if (stale) {
            try {
                begin(forced);
            } catch (IOException e) {
                LogFile.delete(files, folder);
                stale = false;
            }
        }
    }

    /** Whether it soon needs all that is durable to be forced in segments. */
    boolean isWaiting(long forced) {
        LogFile log = file;
        return log != null && log.isWaiting(forced);
    }

    /**
     * Ends its use.
     *
     * @param forced all lines before this number are forced in segments
     * @param durable there are no lines from this number on
     */
    void close(long forced, long durable) {
        LogFile log = file;
        if (log != null && forced == durable) {
            try {
                log.mark(forced);
            } catch (IOException e) {
                // it then tells a start less than it could
            }
        }
        release();
    }
}
