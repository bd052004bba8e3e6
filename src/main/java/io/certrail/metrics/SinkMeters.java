package io.certrail.metrics;

import io.certrail.sink.DeliveryMeter;
import io.certrail.sink.SinkKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/** Shows what becomes of checkpoints on their way to places outside. */
final class SinkMeters implements DeliveryMeter {
    private static final String LABEL = "to";

    private final WordCounts<SinkKind> delivered;
    private final WordCounts<SinkKind> failed;
    private final WordCounts<SinkKind> superseded;

    SinkMeters(Meters meters) {
        delivered = counts(meters, Meter.CHECKPOINTS_DELIVERED);
        failed = counts(meters, Meter.CHECKPOINT_DELIVERIES_FAILED);
        superseded = counts(meters, Meter.CHECKPOINTS_SUPERSEDED);
    }

    private static WordCounts<SinkKind> counts(Meters meters, Meter meter) {
        return new WordCounts<>(meters, meter, LABEL, SinkKind.class, SinkKind::id);
    }

    /** Shows the longest wait of all places. */
    static void show(Meters meters, Function<SinkKind, Duration> waitingFor) {
        meters.show(Meter.CHECKPOINT_WAITING, () -> Arrays.stream(SinkKind.values())
                .mapToLong(kind -> waitingFor.apply(kind).toSeconds())
                .max()
                .orElse(0));
    }

    @Override
    public void delivered(SinkKind kind) {
        delivered.add(kind);
    }

    @Override
    public void failed(SinkKind kind) {
        failed.add(kind);
    }

    @Override
    public void superseded(SinkKind kind) {
        superseded.add(kind);
    }
}
