package io.certrail.recorder;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has a gate tell every period, on a thread of its own, until it is closed. A gate without a limit needs none. */
final class FloodWatch implements AutoCloseable {
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(5);

    private final FloodGate gate;
    private final Duration period;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable Thread thread;

    /** @param onFailure is given what a sweep threw, after which the next one comes; must not throw */
    FloodWatch(FloodGate gate, FloodOptions options, Consumer<Throwable> onFailure) {
        this.gate = gate;
        this.period = options.period();
        this.onFailure = onFailure;
        this.thread = options.isLimited() ? new Thread(null, this::run, "certrail-flood", 0, false) : null;
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep();
            }
        } catch (InterruptedException e) {
            // nobody but the JVM's end does that
        }
    }

    private void sweep() {
        try {
            gate.sweep();
        } catch (Throwable e) { // an error must not end the only one who tells floods
            onFailure.accept(e);
        }
    }

    /** Ends the thread, and has the gate tell what is left. */
    @Override
    public void close() {
        closed.countDown();
        if (thread != null) {
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
