package io.certrail.trail;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the writer, as lightly as can be: who rings pays for an unpark only when the writer sleeps and the reason is
 * strong enough for how it sleeps.
 */
final class Doorbell {
    /** Why it rings; also the weakest reason that wakes a sleeper. */
    static final int ENTRY = 1;

    static final int CROWDED = 2;
    static final int WAITING = 3;
    private static final int AWAKE = 4;

    private final AtomicInteger wakesAt = new AtomicInteger(AWAKE);
    private volatile @Nullable Thread sleeper;

    /** To be called after that which the writer is to see. */
    void ring(int reason) {
        int weakest = wakesAt.get();
        if (reason >= weakest && wakesAt.compareAndSet(weakest, AWAKE)) {
            LockSupport.unpark(sleeper);
        }
    }

    /** Announces sleep. From here on the bell is heard; what came before has to be looked for now. */
    void listen(int weakestReason) {
        sleeper = Thread.currentThread();
        wakesAt.set(weakestReason);
    }

    /** Sleeps until a ring heard since {@link #listen}, or the time is over. */
    void sleep(long nanos) {
        if (wakesAt.get() != AWAKE) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    void awake() {
        wakesAt.set(AWAKE);
    }
}
