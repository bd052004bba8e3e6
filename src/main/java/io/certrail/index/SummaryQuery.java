package io.certrail.index;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A question for counts.
 *
 * @param filter its times are not looked at
 * @param from the earliest time, included
 * @param to the latest, excluded; after {@code from}
 * @param buckets into how many parts the time is divided, 1 to {@value #MAX_BUCKETS}
 */
public record SummaryQuery(RecordFilter filter, Instant from, Instant to, int buckets) {
    /** Most parts of a time. */
    public static final int MAX_BUCKETS = 500;

    public SummaryQuery {
        if (buckets < 1 || buckets > MAX_BUCKETS || !from.isBefore(to)) {
            throw new IllegalArgumentException(buckets + " buckets from " + from + " to " + to);
        }
        filter = filter.within(from, to);
    }

    /** Microseconds of a part, at least 1, rounded up. */
    public long bucketMicros() {
        long micros = micros(to) - micros(from);
        return Math.max(1, (micros + buckets - 1) / buckets);
    }

    /** When a part begins. */
    public Instant begin(int bucket) {
        return from.plus(Math.multiplyExact(bucketMicros(), bucket), ChronoUnit.MICROS);
    }

    /** Microseconds since 1970, as records count time. */
    public static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
    }
}
