package io.certrail.hook;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way to one subscriber, or to whoever will be the first: bounded, and what does not fit is counted. Safe
 * for use by any thread; nobody waits, except who takes.
 */
class FactQueue {
    private static final String FAILED = "the hook failed, as for want of memory";

    private final int mostFacts;
    private final long mostBytes;
    /** One that is whole also after something could not be added for want of memory. */
    private final Queue<Waiting> facts = new LinkedBlockingQueue<>();

    private final QueuedCertificates certificates = new QueuedCertificates();
    /** Of facts without their certificates. */
    private long bytes;

    private String lossCause = full("nobody subscribed");
    private long lost;
    private long lostHandshakes;
    private String lostBecause = "";
    private @Nullable Instant lostFrom;
    private @Nullable Instant lostTo;
    private long faults;
    private @Nullable Throwable lastFault;

    FactQueue(HookOptions options) {
        mostFacts = options.queueFacts();
        mostBytes = options.queueBytes();
    }

    private record Waiting(Map<String, Object> fact, long weight) {}

    /** Tells why facts would be lost from now on. */
    synchronized void lossCause(String words) {
        lossCause = full(words);
    }

    private static String full(String why) {
        return "the hook's buffer was full and " + why;
    }

    /** Never throws: what cannot be taken in is lost, and counted, which takes no memory. */
    synchronized void offer(Map<String, Object> fact) {
        try {
            if (!add(fact)) {
                lose(fact, lossCause);
            }
        } catch (Throwable e) {
            lose(fact, FAILED);
            fault(e);
        }
    }

    private boolean add(Map<String, Object> fact) {
        X509Certificate[] chain = Fact.presented(fact);
        certificates.add(chain);
        boolean added = false;
        try {
            added = enqueue(fact, Fact.weight(fact));
        } finally {
            if (!added) {
                certificates.remove(chain);
            }
        }
        return added;
    }

    private boolean enqueue(Map<String, Object> fact, long weight) {
        if (facts.size() >= mostFacts || bytes + certificates.bytes() + weight > mostBytes) {
            return false;
        }
        if (lost > 0) {
            facts.add(new Waiting(gap(), 0));
            forgetLosses();
        }
        facts.add(new Waiting(fact, weight));
        bytes += weight;
        notifyAll();
        return true;
    }

    private void lose(Map<String, Object> fact, String because) {
        Instant time = Fact.time(fact);
        if (lost == 0) {
            lostFrom = time;
            lostBecause = because;
        }
        lostTo = time;
        lost++;
        if (Fact.is(fact, Fact.HANDSHAKE)) {
            lostHandshakes++;
        }
    }

    private Map<String, Object> gap() {
        return Fact.of(Fact.GAP)
                .put("count", lost)
                .put("handshakes", lostHandshakes)
                .put("from", lostFrom)
                .put("to", lostTo)
                .put("cause", lostBecause)
                .build();
    }

    private Map<String, Object> takeGap() {
        Map<String, Object> gap = gap();
        forgetLosses();
        return gap;
    }

    private void forgetLosses() {
        lost = 0;
        lostHandshakes = 0;
    }

    /** Tells that the hook failed; told as one fact, however often it was. */
    synchronized void fault(Throwable cause) {
        faults++;
        lastFault = cause;
        notifyAll();
    }

    /** The next fact, {@code null} if there is none. */
    synchronized @Nullable Map<String, Object> poll() {
        if (faults > 0) {
            Map<String, Object> fault = Fact.of(Fact.FAULT)
                    .put("count", faults)
                    .put("cause", lastFault)
                    .build();
            faults = 0;
            lastFault = null;
            return fault;
        }
        Waiting next = facts.poll();
        if (next == null) {
            return lost > 0 ? takeGap() : null;
        }
        bytes -= next.weight();
        certificates.remove(Fact.presented(next.fact()));
        return next.fact();
    }

    /** Wakes who waits for this object. */
    synchronized void wake() {
        notifyAll();
    }
}
