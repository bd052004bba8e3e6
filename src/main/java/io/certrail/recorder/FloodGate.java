package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.ClosedEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.Fault;
import io.certrail.event.FloodEvent;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of failures from filling the disk and from pushing other records out: beyond a rate for one source and
 * reason they have no records of their own, but are counted and told together, each exactly once. Whatever succeeds, what
 * applications do, and what the trail says of itself passes without a look at anything shared.
 *
 * <p>Sources beyond the bound share one bucket for each reason, which are as many as there are reasons. A bucket that has
 * all its tokens is forgotten, which makes no difference. Safe for use by any thread.
 */
final class FloodGate {
    /** The source under which those are counted that are too many to be told apart. */
    static final String OTHERS = "others";

    private final FloodOptions options;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ConnectionNumbers numbers;
    private final Book book;
    private final Map<FloodEvent.Kind, FloodBucket> buckets = new ConcurrentHashMap<>();
    private final AtomicInteger sources = new AtomicInteger();
    private volatile boolean closed;

    /** @param nanoTime as {@link System#nanoTime()}: a rate does not follow a clock that is set */
    FloodGate(FloodOptions options, Clock clock, LongSupplier nanoTime, ConnectionNumbers numbers, Book book) {
        this.options = options;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.numbers = numbers;
        this.book = book;
        this.closed = !options.isLimited();
    }

    /** Where it is counted and told. */
    interface Book {
        /**
         * An event will be told with others. Called under a bucket's lock, when the tally has it: must be quick, and throw
         * nothing, for then the event would have a record of its own, too.
         */
        void coalesced(AuditEvent event);

        /** To be recorded. Each event that was coalesced is in exactly one. */
        void tell(FloodEvent flood);
    }

    /** Whether an event is to have a record of its own. If not, it has been counted and will be told. */
    boolean admits(AuditEvent event) {
        Fault fault = event.fault();
        if (fault == null || closed || !isHeld(event)) {
            return true;
        }
        ConnectionFacts connection = event.connection();
        String address = connection == null ? null : connection.client().address();
        long number = connection == null ? -1 : numbers.of(connection.id());
        FloodEvent.Kind kind = new FloodEvent.Kind(SourceAddress.of(address), event.name(), fault.type());
        while (true) {
            FloodBucket bucket = bucket(kind);
            FloodBucket.Fate fate = bucket.offer(event, number, nanoTime.getAsLong(), this);
            if (fate == FloodBucket.Fate.FULL) {
                tell(bucket);
            } else if (fate != FloodBucket.Fate.RETIRED) {
                return fate == FloodBucket.Fate.ADMITTED;
            }
        }
    }

    /** What a client brings about without having been accepted, as often as it likes. */
    private static boolean isHeld(AuditEvent event) {
        if (event instanceof RequestEvent request) {
            RefusedBy by = request.refusedBy();
            return by == RefusedBy.TLS || by == RefusedBy.HTTP_PARSER || by == RefusedBy.CONTAINER;
        }
        return event instanceof HandshakeEvent || event instanceof ClosedEvent;
    }

    private FloodBucket bucket(FloodEvent.Kind kind) {
        FloodBucket known = buckets.get(kind);
        if (known != null) {
            return known;
        }
        if (sources.incrementAndGet() > options.sources()) {
            sources.decrementAndGet();
            FloodEvent.Kind shared = new FloodEvent.Kind(OTHERS, kind.event(), kind.reason());
            return buckets.computeIfAbsent(shared, this::newBucket);
        }
        try {
            FloodBucket fresh = newBucket(kind);
            FloodBucket raced = buckets.putIfAbsent(kind, fresh);
            if (raced == null) {
                return fresh;
            }
            sources.decrementAndGet();
            return raced;
        } catch (Error e) { // there is no memory for it, and no place taken
            sources.decrementAndGet();
            throw e;
        }
    }

    private FloodBucket newBucket(FloodEvent.Kind kind) {
        return new FloodBucket(kind, options, nanoTime.getAsLong());
    }

    boolean isClosed() {
        return closed;
    }

    void coalesced(AuditEvent event) {
        book.coalesced(event);
    }

    /** Tells all that is to be told, and forgets who is calm. To be called every period. */
    void sweep() {
        buckets.values().removeIf(this::tellAndRetire);
    }

    private boolean tellAndRetire(FloodBucket bucket) {
        tell(bucket);
        boolean retired = bucket.retireIfIdle(nanoTime.getAsLong());
        if (retired && !bucket.kind().source().equals(OTHERS)) {
            sources.decrementAndGet();
        }
        return retired;
    }

    private void tell(FloodBucket bucket) {
        @Nullable FloodEvent flood = bucket.take(clock.instant());
        if (flood != null) {
            book.tell(flood);
        }
    }

    /** Tells what is left. From here on every event has a record of its own. */
    void close() {
        closed = true;
        buckets.values().forEach(this::tell); // whoever coalesced had the lock before, and stands in the map
    }

    /** How many pairs of source and reason are told apart at the moment. */
    int sources() {
        return sources.get();
    }
}
