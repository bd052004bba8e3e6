package io.certrail.trail;

import java.time.Instant;

/**
 * How far the tree has come.
 *
 * @param size of the last checkpoint that is on disk
 * @param time of that checkpoint; of the opening while there is none
 * @param behind how many lines are on disk and not in that checkpoint
 */
public record CheckpointStatus(long size, Instant time, long behind) {}
