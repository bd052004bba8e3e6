package io.certrail.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Words what the trail says about itself. Each method gives what would be appended: one line up to where the digits of
 * its sequence begin. Called by one thread at a time; one that throws leaves the trail failing, with that as the cause.
 */
public interface Chronicle {
    /** The first record of a life of the trail. */
    byte[] started(Started started);

    /** The last record of a life of the trail. */
    byte[] stopped(Stopped stopped);

    /** The first record after entries were lost. */
    byte[] gap(Gap gap);

    /** What a start found at the end of a segment and set aside. */
    byte[] recovered(Recovered recovered);

    /** A closed segment that is about to be deleted. */
    byte[] retired(Retired retired);

    /**
     * A life begins.
     *
     * @param nextSequence what the trail goes on with: the number of its first record in this life
     * @param sealed what the newest checkpoint before says; null if there is none
     */
    record Started(Instant time, long nextSequence, @Nullable Sealed sealed) {}

    /**
     * What a checkpoint says of the trail.
     *
     * @param size how many records it holds
     * @param root their tree's root hash, Base64
     */
    record Sealed(long size, String root) {}

    /** @param counts up to this record, which is not among them */
    record Stopped(Instant time, TrailCounts counts) {}

    /**
     * Entries that were lost.
     *
     * @param from when the first was lost
     * @param to when the last was lost
     * @param count how many; 0 if no entry was lost but lines on disk were changed by somebody else
     * @param cause in words, bounded to 512 characters
     */
    record Gap(Instant from, Instant to, long count, String cause) {}

    /**
     * Bytes that are no record, because a write was cut short or a force failed.
     *
     * @param segment file name of the segment
     * @param offset where in the segment they stood
     * @param bytes how many
     * @param setAside file name that they have now, in {@code torn/}
     */
    record Recovered(Instant time, String segment, long offset, long bytes, String setAside) {}

    /**
     * A segment that retention deletes.
     *
     * @param segment its file name
     * @param firstSequence of its first record
     * @param nextSequence of the first record after it
     */
    record Retired(Instant time, String segment, long firstSequence, long nextSequence, long bytes) {}
}
