package io.certrail.trail;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Forces what is durable in the log into the segments, while the writer goes on: when the log needs the room, or when
 * somebody asks. On a thread of its own that nobody interrupts: an interrupt would close the channel that the writer
 * uses ({@link java.nio.channels.InterruptibleChannel}). Any thread may call.
 */
final class SegmentForcer {
    private final Journal journal;
    private final Doorbell bell;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ExecutorService thread;

    SegmentForcer(Journal journal, Doorbell bell) {
        this(journal, bell, SegmentForcer::thread);
    }

    SegmentForcer(Journal journal, Doorbell bell, ThreadFactory threads) {
        this.journal = journal;
        this.bell = bell;
        this.thread = Executors.newSingleThreadExecutor(threads);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "certrail-trail-forcer", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Asks for a force, and does not wait. Where no thread can be had for it, the next time asks again. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            try {
                thread.execute(this::forceAsked);
            } catch (RuntimeException | Error e) {
                asked.set(false);
            }
        }
    }

    private void forceAsked() {
        asked.set(false);
        try {
            force();
        } catch (IOException | RuntimeException | Error e) {
            // the writer has been told
        }
    }

    /**
     * Forces, and waits for it.
     *
     * @return the number of the first line that is not known to be forced in a segment
     * @throws IOException if that failed: the writer then begins another segment, and this may be tried again
     */
    long forced() throws IOException, InterruptedException {
        try {
            return thread.submit(this::force).get();
        } catch (RejectedExecutionException e) {
            return journal.forced();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("The segment could not be forced: " + FailureLog.cause(cause), cause);
        }
    }

    private long force() throws IOException {
        try {
            journal.forceDurable();
        } catch (IOException | RuntimeException | Error e) {
            bell.ring(Doorbell.WAITING);
            throw e;
        }
        return journal.forced();
    }

    /** Ends once what was asked for is done. */
    void close() {
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
