package io.certrail.hook;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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
        this.deadline = deadline;
        timer = new ScheduledThreadPoolExecutor(1, task -> HookThread.named("certrail-hook-watchdog", task));
        timer.setRemoveOnCancelPolicy(true);
    }

    Duration deadline() {
        return deadline;
    }

    /** Has something done at the deadline, unless it is cancelled before; {@code null} if there is no deadline. */
    @Nullable
    Future<?> watch(Runnable expiry) {
        return deadline.isZero() ? null : timer.schedule(expiry, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
