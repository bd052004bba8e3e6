package io.certrail.hook;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts on their way to one subscriber, or to whoever will be the first: bounded, and what does not fit is counted. Safe
 * for use by any thread; nobody waits, except who takes.
 */
final class FactQueue {
    private final int mostFacts;
    private final long mostBytes;
    private final Deque<Waiting> facts = new ArrayDeque<>();
    private long bytes;
    private String lossCause = "nobody subscribed";
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
        lossCause = words;
    }

    synchronized void offer(Map<String, Object> fact) {
        long weight = Fact.weight(fact);
        if (facts.size() >= mostFacts || bytes + weight > mostBytes) {
            lose(fact);
            return;
        }
        if (lost > 0) {
            facts.add(new Waiting(takeGap(), 0));
        }
        facts.add(new Waiting(fact, weight));
        bytes += weight;
        notifyAll();
    }

    private void lose(Map<String, Object> fact) {
        Instant time = Fact.time(fact);
        if (lost == 0) {
            lostFrom = time;
            lostBecause = lossCause;
        }
        lostTo = time;
        lost++;
        if (Fact.is(fact, Fact.HANDSHAKE)) {
            lostHandshakes++;
        }
    }

    private Map<String, Object> takeGap() {
        Map<String, Object> gap = Fact.of(Fact.GAP)
                .put("count", lost)
                .put("handshakes", lostHandshakes)
                .put("from", lostFrom)
                .put("to", lostTo)
                .put("cause", "the hook's buffer was full and " + lostBecause)
                .build();
        lost = 0;
        lostHandshakes = 0;
        return gap;
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
        return next.fact();
    }

    synchronized boolean isEmpty() {
        return facts.isEmpty() && lost == 0 && faults == 0;
    }

    /** Wakes who waits for this object. */
    synchronized void wake() {
        notifyAll();
    }
}
