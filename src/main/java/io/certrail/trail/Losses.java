package io.certrail.trail;

import io.certrail.trail.Chronicle.Gap;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what is lost, and keeps what a gap record is still owed for. Any thread may add. */
final class Losses {
    private static final int MAX_CAUSE = 512;
    private static final byte[] HANDSHAKE = "tls.handshake".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQUEST = "http.request".getBytes(StandardCharsets.US_ASCII);

    private final Clock clock;
    private final LongAdder total = new LongAdder();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final AtomicReference<@Nullable Gap> untold = new AtomicReference<>();

    Losses(Clock clock) {
        this.clock = clock;
    }

    /** @param count 0 for a change by somebody else that is to be told although no entry was lost */
    void add(long count, String cause) {
        owe(count, cause);
        count(count);
    }

    /** The first half of {@link #add}: a gap record is owed. Where memory is out, nothing has changed. */
    void owe(long count, String cause) {
        Instant now = clock.instant();
        restore(new Gap(now, now, count, cause.substring(0, Math.min(cause.length(), MAX_CAUSE))));
    }

    /** The second half: it is counted. */
    void count(long count) {
        total.add(count);
    }

    /** Counts what a line that is lost was about. To be called before the line is counted. */
    void lost(byte[] array, int length) {
        int to = Math.min(length, array.length);
        int name = LineHead.name(array, 0, to);
        if (name >= 0 && LineHead.isNamed(array, name, to, HANDSHAKE)) {
            handshakes.increment();
        } else if (name >= 0 && LineHead.isNamed(array, name, to, REQUEST)) {
            requests.increment();
        }
    }

    /** How many of those lost were of a connection. */
    long handshakes() {
        return handshakes.sum();
    }

    /** How many of those lost were of a request's end. */
    long requests() {
        return requests.sum();
    }

    /** Puts back what was taken and could not be told. */
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

    /** Takes what is to be told; null: nothing. */
    @Nullable
    Gap take() {
        return untold.get() == null ? null : untold.getAndSet(null);
    }

    boolean isUntold() {
        return untold.get() != null;
    }

    long total() {
        return total.sum();
    }
}
