package io.certrail.trail;

import java.time.Instant;

/** Whether the trail can write. */
public sealed interface TrailStatus {
    /** When this began. */
    Instant since();

    /** Whether what is appended now can be expected to reach the disk. */
    default boolean isWriting() {
        return this instanceof Writing;
    }

    /** The last attempt succeeded. */
    record Writing(Instant since) implements TrailStatus {}

    /**
     * The last attempt failed; it is repeated every {@link TrailOptions#retryInterval()}.
     *
     * @param since the first failure of this row
     * @param cause of the last failure, for the operator
     */
    record Failing(Instant since, String cause) implements TrailStatus {}

    /** The trail was closed and takes nothing. */
    record Closed(Instant since) implements TrailStatus {}
}
