package io.certrail.verify;

import java.time.Instant;

/**
 * What a witness vouches for: that the trail's first records are those that it was told of, whatever came later.
 *
 * @param witness name and id of its key
 * @param size how many records the checkpoint seals that it cosigned
 * @param time when it did, to the second
 */
public record Witnessed(String witness, long size, Instant time) {}
