package io.certrail.trail;

import io.certrail.trail.Census.Count;
import io.certrail.trail.Census.Tally;
import io.certrail.trail.CheckpointCounts.Connections;
import io.certrail.trail.CheckpointCounts.Requests;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings together what the lines say and what was seen. Belongs to the integrator's thread, but for {@link #countWith}. */
final class BootCounts {
    private static final String HANDSHAKE = "tls.handshake:";
    private static final String REQUEST = "http.request:";

    private final String bootId;
    private final Losses losses;
    private volatile Census census = Census.NONE;
    /** What the lines of earlier lives hold. */
    private SortedMap<String, Long> before = new TreeMap<>();

    BootCounts(String bootId, Losses losses) {
        this.bootId = bootId;
        this.losses = losses;
    }

    void countWith(Census newCensus) {
        census = newCensus;
    }

    /** All lines so far are of earlier lives. */
    void begin(SortedMap<String, Long> records) {
        before = new TreeMap<>(records);
    }

    CheckpointCounts counts(Instant time, CheckpointCause cause, SortedMap<String, Long> records) {
        Map<String, Long> own = RecordCounts.since(before, records);
        long handshakes = losses.handshakes(); // before the census, as it asks
        long requests = losses.requests();
        Count seen = census.count();
        return new CheckpointCounts(
                time,
                bootId,
                cause,
                connections(seen, own, handshakes),
                requests(seen.requests(), own, requests),
                records);
    }

    private static Connections connections(Count count, Map<String, Long> own, long lostHere) {
        Tally seen = count.connections();
        long succeeded = own.getOrDefault(HANDSHAKE + "success", 0L);
        long failed = own.getOrDefault(HANDSHAKE + "failure", 0L);
        long unknown = own.getOrDefault(HANDSHAKE + "unknown", 0L);
        long lost = seen.lost() + lostHere;
        long open = Math.max(0, seen.begun() - succeeded - failed - unknown - seen.coalesced() - lost);
        return new Connections(
                seen.begun(), count.numbered(), succeeded, failed, unknown, seen.coalesced(), lost, open);
    }

    private static Requests requests(Tally seen, Map<String, Long> own, long lostHere) {
        long ended = own.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(REQUEST))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long lost = seen.lost() + lostHere;
        long open = Math.max(0, seen.begun() - ended - seen.coalesced() - lost);
        return new Requests(seen.begun(), ended, seen.coalesced(), lost, open);
    }
}
