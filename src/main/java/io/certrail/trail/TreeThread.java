package io.certrail.trail;

import io.certrail.tlog.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** A trail's integrator at work, with its thread. */
final class TreeThread {
    private final Publisher publisher;
    private final BootCounts counts;
    private final Integrator integrator;
    private final Thread thread;

    private TreeThread(Publisher publisher, BootCounts counts, Integrator integrator, Thread thread) {
        this.publisher = publisher;
        this.counts = counts;
        this.integrator = integrator;
        this.thread = thread;
    }

    /**
     * Checks key, checkpoint, tiles and lines, integrates what earlier lives left, and publishes the checkpoint of the start.
     *
     * @param lines of a writer that has not begun yet
     * @param found what earlier lives left: of it, what is in the log alone is integrated when the writer has begun
     * @throws IOException if the trail may not be gone on with; tells the operator why
     */
    static TreeThread open(
            Checkpointing how,
            TrailFiles files,
            Path folder,
            Clock clock,
            LineSource lines,
            Recovery.Found found,
            Losses losses)
            throws IOException {
        TrailLayout layout = new TrailLayout(folder);
        SoundTree sound = SoundTree.check(files, layout, how.options(), found.forced());
        IntegratedTree tree = sound.tree();
        new FormatFile(files, layout).write();
        BootCounts counts = new BootCounts(how.bootId(), losses);
        Publisher publisher = new Publisher(sound.key(), sound.store(), counts, clock, how.listener(), sound.last());
        lines.begin(tree.size());
        Integrator integrator =
                new Integrator(how.options(), tree, publisher, counts, lines, how.meter(), found.next());
        integrator.begin(found.forced());
        return new TreeThread(publisher, counts, integrator, thread(integrator));
    }

    private static Thread thread(Integrator integrator) {
        Thread thread = new Thread(null, integrator, "certrail-trail-integrator", 0, false);
        thread.setDaemon(true);
        return thread;
    }

    /** Goes on in a thread of its own. */
    void start() {
        thread.start();
    }

    void countWith(Census census) {
        counts.countWith(census);
    }

    long sealed() {
        return integrator.sealed();
    }

    CheckpointStatus status() {
        return integrator.status();
    }

    /** The newest checkpoint; null: there is none. */
    @Nullable
    Checkpoint last() {
        return publisher.last().orElse(null);
    }

    /** Makes a last checkpoint of all that is on disk, and waits for it; the writer has ended. */
    void finish() {
        integrator.finish();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
