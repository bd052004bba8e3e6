package io.certrail.trail;

import io.certrail.trail.Chronicle.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what is lost, and keeps what a gap record is still owed for. Any thread may add. */
final class Losses {
    private static final int MAX_CAUSE = 512;
    private static final byte[] HANDSHAKE = "tls.handshake".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQUEST = "http.request".getBytes(StandardCharsets.US_ASCII);

    private final Clock clock;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong handshakes = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicReference<@Nullable Gap> untold = new AtomicReference<>();
    private volatile @Nullable Gap putBack;
    /** How many were lost while memory was out for a gap; since when, by {@link System#nanoTime()}, and why the last one. */
    private final AtomicLong unworded = new AtomicLong();

    private volatile long unwordedSince;
    private volatile String unwordedCause = "";

    Losses(Clock clock) {
        this.clock = clock;
    }

    /** Throws nothing: where memory is out for a gap, {@link #take} makes it. */
    void add(long count, String cause) {
        try {
            owe(count, cause);
        } catch (RuntimeException | Error e) {
            oweUnworded(count, cause);
        }
        count(count);
    }

    private void oweUnworded(long count, String cause) {
        if (unworded.get() == 0) {
            unwordedSince = System.nanoTime();
        }
        unwordedCause = cause;
        unworded.addAndGet(count); // last: who takes asks for that first
    }

    /**
     * The first half of {@link #add}: a gap record is owed. Where memory is out, it throws, and nothing has changed.
     *
     * @param count 0 for a change by somebody else that is to be told although no entry was lost
     */
    void owe(long count, String cause) {
        Instant now = clock.instant();
        restore(gap(now, now, count, cause));
    }

    private static Gap gap(Instant from, Instant to, long count, String cause) {
        return new Gap(from, to, count, cause.substring(0, Math.min(cause.length(), MAX_CAUSE)));
    }

    /** The second half: it is counted. */
    void count(long count) {
        total.addAndGet(count);
    }

    /** Counts what a line that is lost was about. To be called before the line is counted. */
    void lost(byte[] array, int length) {
        int to = Math.min(length, array.length);
        int name = LineHead.name(array, 0, to);
        if (name >= 0 && LineHead.isNamed(array, name, to, HANDSHAKE)) {
            handshakes.incrementAndGet();
        } else if (name >= 0 && LineHead.isNamed(array, name, to, REQUEST)) {
            requests.incrementAndGet();
        }
    }

    /** How many of those lost were of a connection. */
    long handshakes() {
        return handshakes.get();
    }

    /** How many of those lost were of a request's end. */
    long requests() {
        return requests.get();
    }

    /** Owes what an entry told that did not get to disk. */
    void restore(Gap gap) {
        untold.accumulateAndGet(gap, (all, more) -> all == null ? more : merge(all, more));
    }

    private static Gap merge(@Nullable Gap all, @Nullable Gap more) {
        if (all == null || more == null) {
            throw new IllegalStateException("a gap is never merged with none");
        }
        return new Gap(
                all.from().isBefore(more.from()) ? all.from() : more.from(),
                all.to().isAfter(more.to()) ? all.to() : more.to(),
                all.count() + more.count(),
                join(all.cause(), more.cause()));
    }

    private static String join(String all, String more) {
        String joined = all + "; " + more;
        return all.contains(more) || joined.length() > MAX_CAUSE ? all : joined;
    }

    /** Takes what is to be told; null: nothing. By one thread. Where memory is out, it throws, and nothing has changed. */
    @Nullable
    Gap take() {
        word();
        Gap first = putBack;
        putBack = null;
        return first != null || untold.get() == null ? first : untold.getAndSet(null);
    }

    /** Puts back what was taken last and could not be told. By the thread that took it; takes no memory. */
    void putBack(Gap gap) {
        putBack = gap;
    }

    /** Makes the gap that there was no memory for. */
    private void word() {
        long count = unworded.get();
        if (count > 0) {
            Instant now = clock.instant();
            restore(gap(now.minusNanos(System.nanoTime() - unwordedSince), now, count, unwordedCause));
            unworded.addAndGet(-count);
        }
    }

    boolean isUntold() {
        return putBack != null || untold.get() != null || unworded.get() > 0;
    }

    long total() {
        return total.get();
    }

    /** Gap records are on disk that tell of so many more. */
    void told(long count) {
        told.addAndGet(count);
    }

    /** How many of those lost no gap record on disk tells of; what is owed is told, for a moment, before it is counted. */
    long untold() {
        long before = told.get(); // first: what is told since is not told yet to who asks
        return Math.max(0, total.get() - before);
    }
}
