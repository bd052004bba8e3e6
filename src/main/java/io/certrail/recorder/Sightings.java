package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.RequestEvent;
import io.certrail.trail.Census;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was seen, for the checkpoints: so that whoever reads the trail can tell that nothing is missing. Each number given to a
 * connection ends in one {@code tls.handshake} record, or is coalesced, or lost; so does each request that began. Safe for use
 * by any thread.
 */
final class Sightings implements Census {
    private static final String HANDSHAKE = "tls.handshake";

    private final ConnectionNumbers numbers;
    /**
     * Handshakes on record of connections that have no number: those that others count, or were accepted before us. All of these
     * count also where memory is out, which an adder may need.
     */
    private final AtomicLong unnumbered = new AtomicLong();

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong handshakesCoalesced = new AtomicLong();
    private final AtomicLong requestsCoalesced = new AtomicLong();
    private final AtomicLong handshakesLost = new AtomicLong();
    private final AtomicLong requestsLost = new AtomicLong();

    Sightings(ConnectionNumbers numbers) {
        this.numbers = numbers;
    }

    void requestBegun() {
        requests.incrementAndGet();
    }

    /** A handshake is about to be recorded, coalesced, or lost. */
    void told(AuditEvent event) {
        if (event instanceof HandshakeEvent) {
            ConnectionFacts connection = event.connection();
            if (connection == null || numbers.of(connection.id()) < 0) {
                unnumbered.incrementAndGet();
            }
        }
    }

    /** An event will be told together with others. */
    void coalesced(AuditEvent event) {
        add(event.name(), 1, handshakesCoalesced, requestsCoalesced);
    }

    /** What would have told of coalesced events was lost. */
    void coalescedLost(String name, long count) {
        add(name, -count, handshakesCoalesced, requestsCoalesced);
        add(name, count, handshakesLost, requestsLost);
    }

    /** No record could be made of an event. */
    void lost(AuditEvent event) {
        add(event.name(), 1, handshakesLost, requestsLost);
    }

    /** No record could be made of the end of a request. */
    void requestLost() {
        requestsLost.incrementAndGet();
    }

    /** No record could be made of the handshake of a connection. */
    void handshakeLost(String connectionId) {
        if (numbers.of(connectionId) < 0) {
            unnumbered.incrementAndGet();
        }
        handshakesLost.incrementAndGet();
    }

    /** No record could be made of so many handshakes, of connections that have no number. */
    void handshakesLost(long count) {
        unnumbered.addAndGet(count);
        handshakesLost.addAndGet(count);
    }

    private static void add(String name, long count, AtomicLong handshakes, AtomicLong requests) {
        if (name.equals(HANDSHAKE)) {
            handshakes.addAndGet(count);
        } else if (name.equals(RequestEvent.ENDED)) {
            requests.addAndGet(count);
        }
    }

    @Override
    public Count count() {
        long coalesced = Math.max(0, handshakesCoalesced.get());
        long lost = handshakesLost.get();
        long ofRequests = Math.max(0, requestsCoalesced.get());
        long lostRequests = requestsLost.get();
        long told = unnumbered.get();
        long numbered = numbers.last(); // last: none of the others is of a connection that this leaves out
        return new Count(
                numbered,
                new Tally(numbered + told, coalesced, lost),
                new Tally(requests.get(), ofRequests, lostRequests));
    }
}
