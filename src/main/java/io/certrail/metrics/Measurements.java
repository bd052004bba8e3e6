package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import io.certrail.trail.TrailMeter;
import java.util.Iterator;

/** All that is measured in one application, from its start until {@link #close()}. */
public final class Measurements implements AutoCloseable {
    private final Meters meters;
    private final TrailMeters trail;

    private Measurements(Meters meters) {
        this.meters = meters;
        this.trail = new TrailMeters(meters);
    }

    /**
     * Begins to measure.
     *
     * @param available the places to show measurements that this server has; the first is taken
     */
    public static Measurements start(Iterable<Meters> available) {
        Iterator<Meters> found = available.iterator();
        return new Measurements(found.hasNext() ? found.next() : new NoMeters());
    }

    /** What the trail tells as it writes, to be given to it when it is opened. */
    public TrailMeter trailMeter() {
        return trail;
    }

    /** Measures what a recorder records, and its trail. To be called once. */
    public void observe(Recorder recorder) {
        recorder.observe(new RecordMeters(meters));
        TrailMeters.show(meters, recorder::counts, recorder::status);
    }

    /** Takes all measurements away. */
    @Override
    public void close() {
        meters.removeAll();
    }
}
