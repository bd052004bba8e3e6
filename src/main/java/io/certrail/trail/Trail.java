package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import io.certrail.trail.Chronicle.Recovered;
import io.certrail.trail.Chronicle.Sealed;
import io.certrail.trail.Chronicle.Started;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A trail that is open to be written. Appending copies, never blocks, never throws and takes no lock. Safe for any
 * number of threads.
 */
public final class Trail implements AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final Intake intake;
    private final TrailWriter writer;
    private final @Nullable TreeThread tree;
    private final SegmentForcer forcer;
    private final Thread thread;

    private Trail(Intake intake, TrailWriter writer, @Nullable TreeThread tree, SegmentForcer forcer, Thread thread) {
        this.intake = intake;
        this.writer = writer;
        this.tree = tree;
        this.forcer = forcer;
        this.thread = thread;
    }

    /** As below, for a journal without tree and checkpoints. */
    public static Trail open(TrailOptions options, TrailFiles files, Clock clock, Chronicle chronicle, TrailMeter meter)
            throws IOException {
        return open(options, files, clock, chronicle, meter, null);
    }

    /**
     * Opens a trail: takes its lock, sets aside a torn end, sees to it that lines, tiles and the last checkpoint fit together,
     * and goes on where the last life ended. A full disk does not keep it from opening, unless there is a torn end to set
     * aside, or something is missing that has to be made first; the status tells.
     *
     * @param checkpointing how to make checkpoints; null: none are made
     * @throws TrailLockedException if it has a writer already
     * @throws TrailDamagedException if its last lines are not what a trail leaves behind
     * @throws IOException if the folder can not be made, read or written to, if the trail is not what its checkpoint says, or
     *     if its key can not be used; tells the operator what was found and what to do
     */
    public static Trail open(
            TrailOptions options,
            TrailFiles files,
            Clock clock,
            Chronicle chronicle,
            TrailMeter meter,
            @Nullable Checkpointing checkpointing)
            throws IOException {
        return open(options, files, clock, chronicle, meter, checkpointing, Trail::thread);
    }

    private static Thread thread(Runnable writing) {
        Thread thread = new Thread(null, writing, "certrail-trail-writer", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** @param threads gives the writer's */
    static Trail open(
            TrailOptions options,
            TrailFiles files,
            Clock clock,
            Chronicle chronicle,
            TrailMeter meter,
            @Nullable Checkpointing checkpointing,
            ThreadFactory threads)
            throws IOException {
        TrailLayout layout = new TrailLayout(options.folder());
        createFolders(files, layout.folder(), layout.entries());
        Closeable lock = files.lock(layout.lock());
        try {
            Recovery recovery = Recovery.of(files, layout, clock, checkpointing != null);
            Recovery.Found found = recovery.run();
            GuardedMeter guarded = new GuardedMeter(meter);
            WriteAheadLog log = new WriteAheadLog(options, files, recovery.epoch(), guarded);
            Journal journal = new Journal(options, files, log, found);
            return new Opening(options, files, clock, chronicle, guarded, checkpointing, threads)
                    .start(journal, found, lock);
        } catch (IOException | RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void createFolders(TrailFiles files, Path folder, Path entries) throws IOException {
        try {
            files.createFolder(folder);
            files.createFolder(entries);
            files.forceFolder(folder);
        } catch (IOException e) {
            throw new IOException(
                    "The trail's folder " + folder + " can not be used: expected a folder that this process may write"
                            + " to, or a place where it can make one (" + e + ")",
                    e);
        }
    }

    /** What a trail is opened with. */
    private record Opening(
            TrailOptions options,
            TrailFiles files,
            Clock clock,
            Chronicle chronicle,
            GuardedMeter meter,
            @Nullable Checkpointing checkpointing,
            ThreadFactory threads) {
        Trail start(Journal journal, Recovery.Found found, Closeable lock) throws IOException {
            Doorbell bell = new Doorbell();
            Losses losses = new Losses(clock);
            Intake intake = new Intake(options, bell, losses);
            Retirement retirement = new Retirement(
                    options.retention(), files, new TrailLayout(options.folder()), clock, System::nanoTime);
            SegmentForcer forcer = new SegmentForcer(journal, bell);
            TrailWriter writer = new TrailWriter(
                    options, clock, chronicle, meter, intake, bell, losses, journal, forcer, retirement);
            TreeThread tree = tree(new LineSource(files, options.folder(), writer, forcer), found, losses);
            if (tree != null) {
                retirement.keepFrom(tree::sealed);
            }
            sayFirst(writer, found, tree == null ? null : tree.last());
            return new Trail(intake, writer, tree, forcer, run(writer, tree, forcer, lock));
        }

        private @Nullable TreeThread tree(LineSource lines, Recovery.Found found, Losses losses) throws IOException {
            return checkpointing == null
                    ? null
                    : TreeThread.open(checkpointing, files, options.folder(), clock, lines, found, losses);
        }

        private void sayFirst(TrailWriter writer, Recovery.Found found, @Nullable Checkpoint last) {
            writer.say(chronicle.started(new Started(clock.instant(), found.next(), sealed(last))));
            for (Recovered recovered : found.recovered()) {
                GuardedLog.log(
                        Level.WARNING,
                        "CTR0303 The trail ended in bytes that are no record, set aside: {0}",
                        recovered);
                writer.say(chronicle.recovered(recovered));
            }
        }

        private static @Nullable Sealed sealed(@Nullable Checkpoint last) {
            return last == null ? null : new Sealed(last.size(), last.root().toString());
        }

        private Thread run(TrailWriter writer, @Nullable TreeThread tree, SegmentForcer forcer, Closeable lock) {
            Thread thread = threads.newThread(() -> runThenUnlock(writer, tree, forcer, lock));
            if (tree != null) {
                tree.start();
            }
            try {
                thread.start();
            } catch (RuntimeException | Error e) { // then who opens unlocks
                end(tree, forcer);
                throw e;
            }
            return thread;
        }
    }

    /** The lock goes when nothing can be written any more, and all that was written is in a last checkpoint. */
    private static void runThenUnlock(
            TrailWriter writer, @Nullable TreeThread tree, SegmentForcer forcer, Closeable lock) {
        try (lock) {
            try {
                writer.run();
            } finally {
                end(tree, forcer);
            }
        } catch (IOException e) {
            GuardedLog.logThrown(
                    Level.WARNING, "CTR0306 The trail's lock could not be released; it goes with the process", e);
        }
    }

    /** Before the lock goes: a tree that grew on would publish beside that of the next who opens. */
    private static void end(@Nullable TreeThread tree, SegmentForcer forcer) {
        if (tree != null) {
            tree.finish();
        }
        forcer.close();
    }

    /**
     * Appends a line, up to where the digits of its sequence begin: it ends in {@code ,"sequence":} and has no newline.
     * What is not such a line, and what finds the queue full or the trail closed, is lost and counted.
     *
     * @param array holds it from index 0; copied
     * @param length in bytes, at most 16 MiB
     * @param wait whether somebody will wait on the ticket
     */
    public Ticket append(byte[] array, int length, Wait wait) {
        return intake.append(array, length, wait);
    }

    /** Counts something that has no entry of its own, because a later one will tell of it and of others. */
    public void coalesced() {
        intake.coalesce();
    }

    /**
     * Counts as lost what was {@link #coalesced()}: the entry that told of it was lost. Becomes part of the next gap.
     *
     * @param count how many it told of
     */
    public void loseCoalesced(long count, String cause) {
        intake.loseCoalesced(count, cause);
    }

    /** What became of what was appended. */
    public TrailCounts counts() {
        return writer.counts();
    }

    /** How many of those lost no {@code audit.gap} tells of yet that {@link #nextSequence()}, asked for later, says is on disk. */
    public long untold() {
        return writer.untold();
    }

    /** The number of the first line that is not known to be on disk: all before it are. */
    public long nextSequence() {
        return writer.nextSequence();
    }

    /** How far it is on disk, for {@link TrailReader#next(Durable)}. */
    public Durable durable() {
        return writer.durable();
    }

    /**
     * Forces in the segments what is on disk in the write-ahead log alone, while writing goes on.
     *
     * @return the number of the first line that is not known to be forced in a segment: all before it are there for
     *     {@link TrailReader} to stay
     * @throws IOException if that failed; the trail then begins another segment, and this may be tried again
     */
    public long forceSegments() throws IOException, InterruptedException {
        return forcer.forced();
    }

    /** Tells who counts what is seen. Until then checkpoints say that nothing was. */
    public void countWith(Census census) {
        if (tree != null) {
            tree.countWith(census);
        }
    }

    /** How far the tree has come; empty if the trail has none. */
    public Optional<CheckpointStatus> checkpoint() {
        return Optional.ofNullable(tree).map(TreeThread::status);
    }

    /** Whether the trail can write. The tree may be behind: it is made of what is on disk, and catches up. */
    public TrailStatus status() {
        return writer.status();
    }

    /**
     * Takes nothing more, writes what it has and a last record, forces, makes a last checkpoint, and releases the lock. Waits
     * for that for half a minute at most, when the disk hangs or the tree is far behind, and says so; an interrupt does not end
     * the wait. What can not be written is lost and counted.
     */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    /** The same, but waits no longer than told. */
    void close(Duration longest) {
        writer.finish();
        boolean interrupted = false;
        long begin = System.nanoTime();
        for (long left = longest.toMillis(); left > 0 && thread.isAlive(); ) {
            try {
                thread.join(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = longest.toMillis() - (System.nanoTime() - begin) / 1_000_000;
        }
        if (thread.isAlive()) {
            sayStillOpen();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayStillOpen() {
        if (tree != null && writer.status() instanceof TrailStatus.Closed) {
            String message =
                    "CTR0319 All records are written, but " + tree.status().behind()
                            + " are not in a checkpoint yet. The lock is held until they are; if this process ends before, the next"
                            + " start makes the checkpoint";
            GuardedLog.log(Level.WARNING, message);
        } else {
            GuardedLog.log(
                    Level.ERROR, "CTR0307 The trail's writer did not end: the disk hangs. Its lock is still held");
        }
    }
}
