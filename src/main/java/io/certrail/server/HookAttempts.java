package io.certrail.server;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts hooks into a server's listeners, into each for itself: one that cannot be hooked now keeps no other one waiting, and is tried
 * again less and less often, down to once in five seconds. For one thread at a time.
 *
 * @param <L> a listener, equal to itself alone
 */
public final class HookAttempts<L> {
    /** Longer than {@link ListenerWatch} pauses after a failure: its next look tries the others alone, and does not slow it down. */
    private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier nanoTime;
    private final Map<L, Failure> failed = new HashMap<>();

    private record Failure(long atNanos, long pauseNanos) {}

    public HookAttempts() {
        this(System::nanoTime);
    }

    HookAttempts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Looks at each of those that run. Whatever an attempt throws is thrown when all had their turn: the first, with the others
     * as suppressed ones.
     *
     * @param hook puts the hooks into one, unless they are there
     */
    public void each(Collection<L> running, Consumer<L> hook) {
        failed.keySet().retainAll(running);
        Throwable first = null;
        for (L listener : running) {
            if (isDue(listener)) {
                try {
                    hook.accept(listener);
                    failed.remove(listener);
                } catch (RuntimeException | Error e) {
                    failed(listener);
                    first = first(first, e);
                }
            }
        }
        rethrow(first);
    }

    private boolean isDue(L listener) {
        Failure last = failed.get(listener);
        return last == null || nanoTime.getAsLong() - last.atNanos() >= last.pauseNanos();
    }

    private void failed(L listener) {
        Failure last = failed.get(listener);
        long pause = last == null ? FIRST_PAUSE_NANOS : Math.min(2 * last.pauseNanos(), LONGEST_PAUSE_NANOS);
        failed.put(listener, new Failure(nanoTime.getAsLong(), pause));
    }

    private static Throwable first(@Nullable Throwable before, Throwable e) {
        if (before == null) {
            return e;
        }
        if (before != e) { // some are made once
            before.addSuppressed(e);
        }
        return before;
    }

    private static void rethrow(@Nullable Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        if (e instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
