package io.certrail.hook;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of handshakes. Its thread begins with the first of them. It holds as many tasks as there are handshakes
 * under way, which the server bounds.
 */
final class Watchdog {
    private final Duration deadline;
    private final ScheduledThreadPoolExecutor timer;

    Watchdog(Duration deadline) {
        this(deadline, task -> HookThread.named("certrail-hook-watchdog", task));
    }

    Watchdog(Duration deadline, ThreadFactory threads) {
        this.deadline = deadline;
        timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setRemoveOnCancelPolicy(true);
    }

    Duration deadline() {
        return deadline;
    }

    /**
     * Has something done at the deadline, unless it is cancelled before; {@code null} if there is no deadline.
     *
     * @throws OutOfMemoryError if there can be no thread for it; nothing waits for one then
     */
    @Nullable
    Future<?> watch(Runnable expiry) {
        if (deadline.isZero()) {
            return null;
        }
        timer.prestartCoreThread();
        return timer.schedule(expiry, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
