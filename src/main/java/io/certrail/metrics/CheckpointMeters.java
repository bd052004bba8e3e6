package io.certrail.metrics;

import io.certrail.metrics.Meters.Count;
import io.certrail.metrics.Meters.Times;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures the trail's checkpoints: what its integrator tells, and how far it is when somebody looks. */
final class CheckpointMeters implements CheckpointMeter {
    private final Times durations;
    private final Count failures;

    CheckpointMeters(Meters meters) {
        durations = meters.times(Meter.CHECKPOINT_DURATION);
        failures = meters.count(Meter.CHECKPOINT_FAILURES);
    }

    /** Shows how far the tree of a trail is that is open; a trail without one shows zeros. */
    static void show(Meters meters, Supplier<Optional<CheckpointStatus>> status, Supplier<Instant> now) {
        meters.show(
                Meter.CHECKPOINT_SIZE,
                () -> status.get().map(CheckpointStatus::size).orElse(0L));
        meters.show(
                Meter.CHECKPOINT_LAG,
                () -> status.get().map(CheckpointStatus::behind).orElse(0L));
        meters.show(
                Meter.CHECKPOINT_AGE,
                () -> status.get().map(known -> age(known.time(), now.get())).orElse(0L));
    }

    /** Of a clock that was set back, zero. */
    private static long age(Instant time, Instant now) {
        return Math.max(0, Duration.between(time, now).toSeconds());
    }

    @Override
    public void published(long nanos) {
        durations.add(nanos);
    }

    @Override
    public void failed() {
        failures.add();
    }
}
