package io.certrail.trail;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a trail writes.
 *
 * @param folder of the trail; made if missing, its parents too
 * @param segmentBytes a segment is closed before it grows beyond this, unless one line alone is longer
 * @param segmentAge a segment is closed when a line is due this long after the segment was begun (or, after a restart,
 *     opened); by monotonic time
 * @param queueRecords the most entries held in memory: queued, being written, or written and not yet forced
 * @param queueBytes the most bytes held likewise
 * @param linger how long entries that nobody waits for are gathered before they are written
 * @param forceInterval the longest time between the writing of entries that nobody waits for and their force; zero: one
 *     force each batch. Sooner when half of the queue is taken
 * @param retryInterval between attempts while writing fails
 * @param retention of closed segments
 * @param walBytes size of the write-ahead log, in steps of 8 KiB; 0: none, every batch that somebody waits for is forced
 *     into its segment
 */
public record TrailOptions(
        Path folder,
        long segmentBytes,
        Duration segmentAge,
        int queueRecords,
        long queueBytes,
        Duration linger,
        Duration forceInterval,
        Duration retryInterval,
        Retention retention,
        long walBytes) {
    static final long MIN_WAL_BYTES = 64 << 10;
    private static final long MIN_SEGMENT_BYTES = 1024;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public TrailOptions {
        check(segmentBytes >= MIN_SEGMENT_BYTES, "segmentBytes: expected 1024 or more", segmentBytes);
        check(isPositive(segmentAge), "segmentAge: expected more than zero, at most 36500 days", segmentAge);
        check(queueRecords >= 1, "queueRecords: expected 1 or more", queueRecords);
        check(queueBytes >= 1024, "queueBytes: expected 1024 or more", queueBytes);
        check(isShort(linger), "linger: expected zero to one minute", linger);
        check(isShort(forceInterval), "forceInterval: expected zero to one minute", forceInterval);
        check(
                isShort(retryInterval) && isPositive(retryInterval),
                "retryInterval: expected more than zero, at most one minute",
                retryInterval);
        check(walBytes == 0 || walBytes >= MIN_WAL_BYTES, "walBytes: expected 0 or 65536 or more", walBytes);
    }

    /**
     * The defaults: segments of 64 MiB or a day, 65,536 entries or 64 MiB queued, 10 ms, 1 s, 1 s, all kept, a log of
     * 16 MiB.
     */
    public static TrailOptions of(Path folder) {
        return new TrailOptions(
                folder,
                64L << 20,
                Duration.ofDays(1),
                1 << 16,
                64L << 20,
                Duration.ofMillis(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Retention.ALL,
                16L << 20);
    }

    /**
     * Whether a folder is none for others to write in: the trail's, one above it, or one that the trail keeps in it.
     *
     * @param other absolute and normalized, as {@code folder} is
     */
    public boolean claims(Path other) {
        return new TrailLayout(folder).claims(other);
    }

    /** The same, but with a log of another size, in bytes; 0: without one. */
    TrailOptions withLogOf(long bytes) {
        return new TrailOptions(
                folder,
                segmentBytes,
                segmentAge,
                queueRecords,
                queueBytes,
                linger,
                forceInterval,
                retryInterval,
                retention,
                bytes);
    }

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0;
    }

    private static boolean isShort(Duration value) {
        return !value.isNegative() && value.compareTo(Duration.ofMinutes(1)) <= 0;
    }

    private static void check(boolean fits, String expected, Object actual) {
        if (!fits) {
            throw new IllegalArgumentException(expected + ", not " + actual);
        }
    }
}
