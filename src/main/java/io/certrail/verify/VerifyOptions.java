package io.certrail.verify;

import io.certrail.tlog.VerifierKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to verify.
 *
 * @param key the key that the trail began with, from elsewhere; null: the folder's own, which then vouches for itself
 * @param outside checkpoints from elsewhere
 * @param witnesses keys of the witnesses that are trusted (C2SP tlog-cosignature), of which each should have cosigned
 * @param sinceSize the first record to look at
 * @param sinceTime null, or: begin with the last checkpoint before this time
 * @param threads that hash
 * @param idle the longest time that a running recorder leaves between checkpoints; null: as the trail says of each start
 *     ({@code audit.config}), else an hour
 */
public record VerifyOptions(
        @Nullable VerifierKey key,
        List<Outside> outside,
        List<VerifierKey> witnesses,
        long sinceSize,
        @Nullable Instant sinceTime,
        int threads,
        @Nullable Duration idle) {
    public VerifyOptions {
        outside = List.copyOf(outside);
        witnesses = List.copyOf(witnesses);
        if (sinceSize < 0 || threads < 1 || (idle != null && idle.isNegative())) {
            throw new IllegalArgumentException("since " + sinceSize + ", threads " + threads + ", idle " + idle);
        }
    }

    /** All of the trail, on all processors. */
    public static VerifyOptions of(@Nullable VerifierKey key) {
        return new VerifyOptions(
                key, List.of(), List.of(), 0, null, Runtime.getRuntime().availableProcessors(), null);
    }

    public VerifyOptions outside(List<Outside> checkpoints) {
        return new VerifyOptions(key, checkpoints, witnesses, sinceSize, sinceTime, threads, idle);
    }

    public VerifyOptions witnesses(List<VerifierKey> trusted) {
        return new VerifyOptions(key, outside, trusted, sinceSize, sinceTime, threads, idle);
    }

    public VerifyOptions threads(int number) {
        return new VerifyOptions(key, outside, witnesses, sinceSize, sinceTime, number, idle);
    }

    public VerifyOptions since(long size) {
        return new VerifyOptions(key, outside, witnesses, size, sinceTime, threads, idle);
    }

    public VerifyOptions since(Instant time) {
        return new VerifyOptions(key, outside, witnesses, sinceSize, time, threads, idle);
    }

    public VerifyOptions idle(Duration longest) {
        return new VerifyOptions(key, outside, witnesses, sinceSize, sinceTime, threads, longest);
    }

    /**
     * A checkpoint from elsewhere.
     *
     * @param name what the reader calls it
     * @param note as it was published, not verified
     */
    public record Outside(String name, String note) {}
}
