package io.certrail.api;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Tries what failed again and again, on a daemon thread of its own, until it succeeds or this is closed. */
final class Retries implements AutoCloseable {
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final BooleanSupplier attempt;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Retries(BooleanSupplier attempt, Duration pause, String name) {
        this.attempt = attempt;
        this.pause = pause;
        this.thread = new Thread(null, this::run, name, 0, false);
    }

    /**
     * Begins to try, first after a pause.
     *
     * @param attempt gives whether it succeeded; throws nothing
     * @param name of the thread, which has the caller's class loader: by it JNDI finds the server's names
     */
    static Retries start(BooleanSupplier attempt, Duration pause, String name) {
        Retries retries = new Retries(attempt, pause, name);
        retries.thread.setDaemon(true);
        retries.thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        retries.thread.start();
        return retries;
    }

    private void run() {
        while (!isClosed() && !attempt.getAsBoolean()) {
            // it failed
        }
    }

    /** Whether it was closed within a pause. */
    private boolean isClosed() {
        try {
            return closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true; // nobody but the end of the process interrupts a daemon of ours
        }
    }

    /** Tries no more, and waits for an attempt that is under way for ten seconds at most. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
