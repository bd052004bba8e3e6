package io.certrail.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A feed with one place, in which a newer item supersedes one that was not delivered: for what subsumes its predecessors, as
 * a checkpoint does. Putting never waits. Safe for use by any thread.
 */
final class Latest<T> implements Feed<T> {
    private final Runnable onSuperseded;
    private @Nullable T waiting;
    private @Nullable T taken;
    private long sinceNanos;

    /** @param onSuperseded hears of each item that will not be delivered; under a lock: must be quick */
    Latest(Runnable onSuperseded) {
        this.onSuperseded = onSuperseded;
    }

    /** Puts an item in the place of one that still waits. */
    synchronized void put(T item) {
        if (waiting != null) {
            onSuperseded.run();
        } else if (taken == null) {
            sinceNanos = System.nanoTime();
        }
        waiting = item;
        notifyAll();
    }

    /** The newest one; while none is newer, the one given last, unless that was delivered. */
    @Override
    public synchronized @Nullable T next(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (long left = timeout.toMillis(); waiting == null && taken == null && left > 0; ) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
        if (waiting != null) {
            if (taken != null) {
                onSuperseded.run();
            }
            taken = waiting;
            waiting = null;
        }
        return taken;
    }

    @Override
    public synchronized void delivered(T item) {
        if (taken == item) {
            taken = null;
            sinceNanos = System.nanoTime(); // from when on the next one waits, if it is there
        }
    }

    /** For how long something has been waiting to be delivered; zero if nothing is. */
    synchronized Duration waitingFor() {
        boolean empty = waiting == null && taken == null;
        return empty ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - sinceNanos);
    }
}
