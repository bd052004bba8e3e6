package io.certrail.trail;

import java.time.Duration;

/** When the writer is to write, force and try again; by monotonic time, in nanoseconds. Belongs to its thread. */
final class Deadlines {
    private final Duration linger;
    private final Duration forceInterval;
    private final Duration retryInterval;
    private long lingeredSince = System.nanoTime();
    private long forcedLast = System.nanoTime();
    private long failedLast = System.nanoTime();

    Deadlines(TrailOptions options) {
        this.linger = options.linger();
        this.forceInterval = options.forceInterval();
        this.retryInterval = options.retryInterval();
    }

    /** The first entry of a batch was taken. */
    void lingers() {
        lingeredSince = System.nanoTime();
    }

    void forced() {
        forcedLast = System.nanoTime();
    }

    void failed() {
        failedLast = System.nanoTime();
    }

    long untilWrite() {
        return left(linger, lingeredSince);
    }

    long untilForce() {
        return left(forceInterval, forcedLast);
    }

    long untilRetry() {
        return left(retryInterval, failedLast);
    }

    long retryNanos() {
        return retryInterval.toNanos();
    }

    private static long left(Duration interval, long since) {
        return interval.toNanos() - (System.nanoTime() - since);
    }
}
