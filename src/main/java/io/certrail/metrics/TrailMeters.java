package io.certrail.metrics;

import io.certrail.metrics.Meters.Count;
import io.certrail.metrics.Meters.Times;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailStatus;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Measures the trail: what its writer tells, and its counts and status when somebody looks. */
final class TrailMeters implements TrailMeter {
    private final Count writtenBytes;
    private final Count writeFailures;
    private final Count walFailures;
    private final Times appends;
    private final Times forces;

    TrailMeters(Meters meters) {
        writtenBytes = meters.count(Meter.WRITTEN_BYTES);
        writeFailures = meters.count(Meter.WRITE_FAILURES);
        walFailures = meters.count(Meter.WAL_FAILURES);
        appends = meters.times(Meter.APPEND);
        forces = meters.times(Meter.FORCE);
    }

    /** Shows counts and status of a trail that is open. */
    static void show(Meters meters, Supplier<TrailCounts> counts, Supplier<TrailStatus> status) {
        Glance<TrailCounts> glance = new Glance<>(counts, System::nanoTime);
        meters.show(Meter.RECORDS_SEEN, of(glance, TrailCounts::seen));
        meters.show(Meter.RECORDS_RECORDED, of(glance, TrailCounts::recorded));
        meters.show(Meter.RECORDS_LOST, of(glance, TrailCounts::lost));
        meters.show(Meter.RECORDS_COALESCED, of(glance, TrailCounts::coalesced));
        meters.show(Meter.QUEUE, of(glance, TrailCounts::queued));
        meters.show(Meter.WRITING, () -> status.get().isWriting() ? 1 : 0);
    }

    private static LongSupplier of(Glance<TrailCounts> glance, Function<TrailCounts, Long> number) {
        return () -> number.apply(glance.get());
    }

    @Override
    public void appended(int records, long bytes, long nanos) {
        writtenBytes.add(bytes);
        appends.add(nanos);
    }

    @Override
    public void forced(long nanos) {
        forces.add(nanos);
    }

    @Override
    public void failed() {
        writeFailures.add();
    }

    @Override
    public void logFailed() {
        walFailures.add();
    }
}
