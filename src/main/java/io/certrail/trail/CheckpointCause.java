package io.certrail.trail;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a checkpoint was made. */
public enum CheckpointCause {
    /** The trail was opened: all that earlier lives left is in it, and nothing of this one. */
    START,
    /** There was news, and the interval was over. */
    INTERVAL,
    /** A segment was closed: the size is the first sequence of the next one. */
    ROTATION,
    /** There was no news for long: the same size and root as before, at a later time. */
    IDLE,
    /** The trail was closed: all that it holds is in it. */
    STOP;

    /** As it stands in a checkpoint. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CheckpointCause> of(String id) {
        return Arrays.stream(values()).filter(cause -> cause.id().equals(id)).findFirst();
    }
}
