package io.certrail.trail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one producer appended, or what the trail says itself, on its way to disk. */
final class Entry implements Ticket {
    /** A ticket for what was lost at once. */
    static final Ticket LOST = new Lost();

    private static final int OPEN = 0;
    private static final int ON_DISK = 1;
    private static final int GONE = 2;

    private final byte[] line;
    private final Origin origin;
    private final Chronicle.@Nullable Gap told;
    private volatile int fate = OPEN;
    private volatile @Nullable Thread waiter;
    /** The intake's: the entry appended before this one, and once it was turned round, by the writer's thread, the one after. */
    @Nullable
    Entry next;

    Entry(byte[] line, Origin origin) {
        this(line, origin, null);
    }

    /** @param told what the entry tells, to be told again if it does not reach the disk */
    Entry(byte[] line, Origin origin, Chronicle.@Nullable Gap told) {
        this.line = line;
        this.origin = origin;
        this.told = told;
    }

    /** Where an entry comes from, and so what a failure does to it. */
    enum Origin {
        /** A producer that does not wait: kept and retried. */
        PRODUCER,
        /** A producer that waits: lost when writing fails. */
        WAITING_PRODUCER,
        /** The trail itself: kept and retried; on disk as soon as possible. */
        TRAIL,
        /** The trail itself, about the moment of writing: made anew for each attempt. */
        TRAIL_ONCE;

        static Origin of(Wait wait) {
            return wait == Wait.DURABLE ? WAITING_PRODUCER : PRODUCER;
        }

        boolean isOwn() {
            return this == TRAIL || this == TRAIL_ONCE;
        }

        boolean isUrgent() {
            return this != PRODUCER;
        }
    }

    byte[] line() {
        return line;
    }

    Origin origin() {
        return origin;
    }

    Chronicle.@Nullable Gap told() {
        return told;
    }

    void recorded() {
        settle(ON_DISK);
    }

    void lost() {
        settle(GONE);
    }

    private void settle(int outcome) {
        fate = outcome;
        Thread thread = waiter;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public boolean await(Duration timeout) {
        if (fate == OPEN) {
            park(nanos(timeout));
        }
        return fate == ON_DISK;
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(36_500)) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    }

    private void park(long nanos) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        waiter = Thread.currentThread();
        for (long left = nanos; fate == OPEN && left > 0; left = nanos - (System.nanoTime() - begin)) {
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        waiter = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isLost() {
        return fate == GONE;
    }

    private static final class Lost implements Ticket {
        @Override
        public boolean await(Duration timeout) {
            return false;
        }

        @Override
        public boolean isLost() {
            return true;
        }
    }
}
