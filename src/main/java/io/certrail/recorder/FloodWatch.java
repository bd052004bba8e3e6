package io.certrail.recorder;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has a gate tell every period, on a thread of its own, until it is closed. A gate without a limit needs none. */
final class FloodWatch implements AutoCloseable {
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(5);

    private final FloodGate gate;
    private final long periodNanos;
    private final Consumer<Throwable> onFailure;
    private final @Nullable Thread thread;
    private volatile boolean closed;

    /** @param onFailure is given what a sweep threw, after which the next one comes, also if this throws as well */
    FloodWatch(FloodGate gate, FloodOptions options, Consumer<Throwable> onFailure) {
        this.gate = gate;
        this.periodNanos = options.period().toNanos();
        this.onFailure = onFailure;
        this.thread = options.isLimited() ? new Thread(null, this::run, "certrail-flood", 0, false) : null;
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, periodNanos); // takes no memory, which may be out
            Thread.interrupted(); // else it could not sleep
            if (!closed) {
                sweep();
            }
        }
    }

    private void sweep() {
        try {
            gate.sweep();
        } catch (Throwable e) { // an error must not end the only one who tells floods
            failed(e);
        }
    }

    private void failed(Throwable e) {
        try {
            onFailure.accept(e);
        } catch (RuntimeException | Error more) {
            // nobody to tell
        }
    }

    /** Ends the thread, and has the gate tell what is left. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            awaitEnd(thread);
        }
        gate.close();
    }

    /** A sweep under way may hold what is to be told before the trail is closed. */
    private static void awaitEnd(Thread thread) {
        try {
            thread.join(LONGEST_SWEEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
