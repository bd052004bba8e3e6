package io.certrail.bench;

/**
 * A histogram of durations in nanoseconds, exact below 256 ns and within 1/128 above. Belongs to one thread; merged
 * afterwards.
 */
final class Latencies {
    private static final int SUB_BITS = 7;
    private static final int SUB = 1 << SUB_BITS;

    private final long[] counts = new long[(64 - SUB_BITS) * SUB + SUB];
    private long count;
    private long max;

    void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        max = Math.max(max, nanos);
    }

    void add(Latencies others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
        count += others.count;
        max = Math.max(max, others.max);
    }

    long count() {
        return count;
    }

    long max() {
        return max;
    }

    /** The duration that this share of all did not exceed. */
    long percentile(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(max, highest(i));
            }
        }
        return max;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, 63 - SUB_BITS - Long.numberOfLeadingZeros(nanos | SUB));
        return shift * SUB + (int) (nanos >>> shift);
    }

    private static long highest(int bucket) {
        int shift = Math.max(0, bucket / SUB - 1);
        return ((long) bucket - (long) shift * SUB + 1 << shift) - 1;
    }
}
