package io.certrail.recorder;

import java.time.Duration;

/**
 * From when on failures are told together.
 *
 * @param rate records a second for one source and reason, from 1 to 1,000,000; 0: without a limit
 * @param burst records that may come at once, before the rate counts; from 1 to 10,000,000
 * @param period longest that a failure without a record of its own waits to be told
 * @param sources most pairs of source and reason that are told apart at a time; from 1 to 1,000,000
 */
public record FloodOptions(int rate, int burst, Duration period, int sources) {
    /** Each failure has its record. */
    public static final FloodOptions UNLIMITED = new FloodOptions(0, 1, Duration.ofSeconds(1), 1);

    private static final int MILLION = 1_000_000;

    public FloodOptions {
        check(rate >= 0 && rate <= MILLION, "rate: expected 0 to 1000000", rate);
        check(burst >= 1 && burst <= 10 * MILLION, "burst: expected 1 to 10000000", burst);
        check(
                period.toMillis() >= 1 && period.compareTo(Duration.ofHours(1)) <= 0,
                "period: expected 1 ms to 1 hour",
                period);
        check(sources >= 1 && sources <= MILLION, "sources: expected 1 to 1000000", sources);
    }

    boolean isLimited() {
        return rate > 0;
    }

    private static void check(boolean fits, String expected, Object actual) {
        if (!fits) {
            throw new IllegalArgumentException(expected + ", not " + actual);
        }
    }
}
