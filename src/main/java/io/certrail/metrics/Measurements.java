package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import io.certrail.sink.CheckpointSinks;
import io.certrail.sink.DeliveryMeter;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.TrailMeter;
import java.util.Optional;

/** All that is measured in one application, from its start until {@link #close()}. */
public final class Measurements implements AutoCloseable {
    private final Meters meters;
    private final TrailMeters trail;
    private final SinkMeters sinks;
    private final CheckpointMeters checkpoints;

    private Measurements(Meters meters) {
        this.meters = meters;
        this.trail = new TrailMeters(meters);
        this.sinks = new SinkMeters(meters);
        this.checkpoints = new CheckpointMeters(meters);
    }

    /**
     * Begins to measure.
     *
     * @param meters where measurements are shown
     */
    public static Measurements start(Meters meters) {
        return new Measurements(meters);
    }

    /** What the trail tells as it writes, to be given to it when it is opened. */
    public TrailMeter trailMeter() {
        return trail;
    }

    /** What the sinks tell as they deliver, to be given to them when they are started. */
    public DeliveryMeter deliveryMeter() {
        return sinks;
    }

    /** Measures what waits to be delivered. To be called once. */
    public void observe(CheckpointSinks delivering) {
        SinkMeters.show(meters, delivering::waitingFor);
    }

    /** What the trail's integrator tells as it makes checkpoints, to be given to it when the trail is opened. */
    public CheckpointMeter checkpointMeter() {
        return checkpoints;
    }

    /** Measures what a recorder records, and its trail. To be called once. */
    public void observe(Recorder recorder) {
        recorder.observe(new RecordMeters(meters));
        TrailMeters.show(meters, recorder::counts, recorder::status);
        CheckpointMeters.show(meters, recorder::checkpoint, recorder::now);
    }

    /** All that was measured, in Prometheus' text format 0.0.4; empty if the server itself shows it. */
    Optional<String> text() {
        return meters instanceof TextMeters own ? Optional.of(own.text()) : Optional.empty();
    }

    /** Takes all measurements away. */
    @Override
    public void close() {
        meters.removeAll();
    }
}
