package io.certrail.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many searches each client certificate may ask for: a bucket of tokens for each, full at the beginning, filled at an even rate. Remembers a bounded number
 * of clients; one that was forgotten begins with a full bucket. Safe for use by any thread.
 */
final class RateLimit {
    private static final int MAX_CLIENTS = 1024;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    /**
     * @param perMinute most searches in a minute, 1 or more; also how many may come at once
     * @param nanos monotonic time
     */
    RateLimit(int perMinute, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.nanos = nanos;
    }

    /** What is left, in parts of a token, so that nothing is lost by rounding. */
    private record Bucket(double tokens, long at) {}

    /** Takes a token of a client's; zero if there was one, else how long until there is. */
    synchronized Duration take(String client) {
        long now = nanos.getAsLong();
        Bucket bucket = buckets.getOrDefault(client, new Bucket(perMinute, now));
        double tokens = Math.min(perMinute, bucket.tokens + (double) (now - bucket.at) * perMinute / MINUTE);
        boolean granted = tokens >= 1;
        buckets.put(client, new Bucket(granted ? tokens - 1 : tokens, now));
        return granted ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - tokens) * MINUTE / perMinute));
    }
}
