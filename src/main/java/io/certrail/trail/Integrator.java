package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one who makes the tree: reads the lines that are on disk, hashes them, writes tiles, and publishes checkpoints, behind the
 * writer's back and at its own pace. What fails is tried again at the next interval; recording goes on meanwhile.
 */
final class Integrator implements Runnable {
    private static final int LAST_TRIES = 2;

    private final CheckpointOptions options;
    private final IntegratedTree tree;
    private final Publisher publisher;
    private final BootCounts counts;
    private final LineSource lines;
    private final CheckpointMeter meter;
    /** The first sequence of this life. */
    private final long first;
    /** Made early: a reference to a method may be one object too many. */
    private final Attempt round = this::round;

    private final Attempt last = this::last;

    private volatile @Nullable Thread thread;
    private volatile boolean stopping;
    private volatile long sealed = -1;
    private boolean started;
    private boolean failing;
    private long published = System.nanoTime();

    Integrator(
            CheckpointOptions options,
            IntegratedTree tree,
            Publisher publisher,
            BootCounts counts,
            LineSource lines,
            CheckpointMeter meter,
            long first) {
        this.options = options;
        this.tree = tree;
        this.publisher = publisher;
        this.counts = counts;
        this.lines = lines;
        this.meter = meter;
        this.first = first;
    }

    /** Up to which sequence all tiles are on disk for good, so that lines before it may be deleted; -1: none. Any thread. */
    long sealed() {
        return sealed;
    }

    /** How far it is. Any thread. */
    CheckpointStatus status() {
        long size = publisher.last().map(checkpoint -> checkpoint.size()).orElse(0L);
        return new CheckpointStatus(size, publisher.lastTime(), Math.max(0, lines.durable() - size));
    }

    /**
     * Integrates what earlier lives left, in the caller's thread before {@link #run}. What fails is tried again then.
     *
     * @param end the number of the first line that is not in the segments yet
     */
    void begin(long end) {
        attempt(() -> integrate(end));
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopping) {
            LockSupport.parkNanos(this, options.interval().toNanos());
            Thread.interrupted(); // else it could neither sleep nor use a channel
            if (!stopping) {
                attempt(round);
            }
        }
        for (int tries = LAST_TRIES; tries > 0 && !attempt(last); tries--) {
            GuardedLog.log(
                    Level.ERROR, "CTR0317 The last checkpoint could not be made; if not now, the next start makes it");
        }
        lines.close();
    }

    /** Lets it integrate what is there, make a last checkpoint and end. */
    void finish() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void round() throws IOException {
        integrate(lines.forced());
        if (!started) {
            return; // lines of earlier lives are in the log alone: which are this one's is not known yet
        }
        long size = publisher.last().map(checkpoint -> checkpoint.size()).orElse(-1L);
        if (size < tree.size()) {
            publish(CheckpointCause.INTERVAL);
        } else if (System.nanoTime() - published >= options.idle().toNanos()) {
            publish(CheckpointCause.IDLE);
        }
    }

    private void last() throws IOException {
        integrate(lines.forced());
        if (tree.size() < lines.durable()) {
            throw new IOException("lines from " + tree.size() + " on are in the write-ahead log alone");
        }
        publish(CheckpointCause.STOP);
    }

    /** Takes the lines up to a sequence, with a checkpoint where this life and where a segment begins. */
    private void integrate(long end) throws IOException {
        tree.flush();
        while (tree.size() < end) {
            start();
            if (!lines.next(end)) {
                throw new IOException("the line with sequence " + tree.size() + " can not be found");
            }
            if (lines.isFirstOfSegment() && tree.size() > sealed && started) {
                publish(CheckpointCause.ROTATION);
            }
            lines.take(tree);
            tree.flush();
        }
        start();
    }

    private void start() throws IOException {
        if (!started && tree.size() == first) {
            counts.begin(tree.counts());
            publish(CheckpointCause.START);
            started = true;
        }
    }

    private void publish(CheckpointCause cause) throws IOException {
        long begin = System.nanoTime();
        tree.writePartial();
        boolean seals = cause != CheckpointCause.INTERVAL;
        if (seals) {
            tree.folder().seal();
        }
        publisher.publish(tree, cause);
        published = System.nanoTime();
        if (seals) {
            sealed = tree.size();
        }
        tree.folder().dropOutgrown();
        if (cause == CheckpointCause.ROTATION) {
            publisher.retire(lines.firstLeft());
        }
        Guard.run(() -> meter.published(published - begin));
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private boolean attempt(Attempt attempt) {
        try {
            attempt.run();
            if (failing) {
                GuardedLog.log(Level.INFO, "CTR0318 Checkpoints are made again");
            }
            failing = false;
            return true;
        } catch (Throwable e) { // an error must not end the only integrator without a word
            failed(e);
            return false;
        }
    }

    /** What is not done of it, for memory may be out, the next failure does. */
    private void failed(Throwable e) {
        try {
            lines.reopen();
            Guard.run(meter::failed);
            failing = failing
                    || FailureLog.tell(
                            "CTR0316 The trail's tree does not grow, tried again each interval; records are written: ",
                            e);
        } catch (RuntimeException | Error more) {
            // nobody to tell
        }
    }
}
