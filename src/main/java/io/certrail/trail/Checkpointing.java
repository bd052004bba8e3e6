package io.certrail.trail;

/**
 * What a trail needs to make checkpoints.
 *
 * @param bootId the id of this start, as its records bear it
 * @param listener hears of each checkpoint, from within {@link Trail#open} on
 * @param meter hears what the integrator does
 */
public record Checkpointing(
        CheckpointOptions options, String bootId, CheckpointListener listener, CheckpointMeter meter) {
    public Checkpointing {
        if (!CountLine.isWord(bootId)) {
            throw new IllegalArgumentException("boot id: expected visible ASCII without =, not " + bootId);
        }
    }
}
