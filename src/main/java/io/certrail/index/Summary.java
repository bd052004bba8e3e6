package io.certrail.index;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of records.
 *
 * @param buckets counts of each part of the time in which there was something, by its number from 0
 * @param sources client addresses, those with the most failures first
 * @param certificates SHA-256 of client certificates, likewise
 */
public record Summary(
        Map<Integer, List<Count>> buckets, List<Count> totals, List<Tally> sources, List<Tally> certificates) {
    /** Most sources and most certificates told. */
    public static final int MAX_TALLIES = 20;

    public Summary {
        buckets = Map.copyOf(buckets);
        totals = List.copyOf(totals);
        sources = List.copyOf(sources);
        certificates = List.copyOf(certificates);
    }

    /** How many records were of one kind. */
    public record Count(String event, String outcome, @Nullable String reason, long count) {}

    /**
     * How many records came of one source.
     *
     * @param subject of a certificate
     */
    public record Tally(String key, @Nullable String subject, long count, long failures) {}
}
