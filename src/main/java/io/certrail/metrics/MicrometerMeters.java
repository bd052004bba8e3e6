package io.certrail.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows measurements by Micrometer. Not to be touched on a server without its classes.
 *
 * <p>Names are given as Prometheus shall show them: Micrometer leaves those of other registries, such as OTLP's, as
 * they are. Each histogram gets a {@code _max} besides, which no other place shows.
 */
final class MicrometerMeters implements Meters {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Tags common;
    private final Set<io.micrometer.core.instrument.Meter> made = ConcurrentHashMap.newKeySet();
    /** Micrometer itself would let them go. */
    private final Set<LongSupplier> asked = ConcurrentHashMap.newKeySet();

    /** @param common of all series; a server tells applications apart by it */
    MicrometerMeters(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    @Override
    public Count count(Meter meter, Label... labels) {
        Counter counter = Counter.builder(meter.id())
                .description(meter.help())
                .tags(tags(labels))
                .register(registry);
        made.add(counter);
        return counter::increment;
    }

    @Override
    public void show(Meter meter, LongSupplier value) {
        asked.add(value);
        made.add(meter.grows() ? counter(meter, value) : gauge(meter, value));
    }

    private FunctionCounter counter(Meter meter, LongSupplier value) {
        return FunctionCounter.builder(meter.id(), value, LongSupplier::getAsLong)
                .description(meter.help())
                .tags(common)
                .register(registry);
    }

    private Gauge gauge(Meter meter, LongSupplier value) {
        return Gauge.builder(meter.id(), value, LongSupplier::getAsLong)
                .description(meter.help())
                .tags(common)
                .register(registry);
    }

    @Override
    public Times times(Meter meter) {
        return meter.bounds().areWholeSeconds() ? summary(meter) : timer(meter);
    }

    /** Micrometer's timers add the unit to the name. Their sum is in nanoseconds, which suffice for 292 years. */
    private Times timer(Meter meter) {
        Timer timer = Timer.builder(meter.id().replaceFirst("_seconds$", ""))
                .description(meter.help())
                .tags(common)
                .serviceLevelObjectives(meter.bounds().durations())
                .register(registry);
        made.add(timer);
        return nanos -> timer.record(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
    }

    /** Micrometer's summaries have buckets of whole numbers only, but a sum that does not overflow. */
    private Times summary(Meter meter) {
        DistributionSummary summary = DistributionSummary.builder(meter.id())
                .description(meter.help())
                .tags(common)
                .serviceLevelObjectives(Arrays.stream(meter.bounds().durations())
                        .mapToDouble(Duration::toSeconds)
                        .toArray())
                .register(registry);
        made.add(summary);
        return nanos -> summary.record(Math.max(nanos, 0) / NANOS_PER_SECOND);
    }

    /**
     * Whether this registry shows what it is given, buckets included: some take everything and show nothing.
     *
     * @return false if nothing would be seen, or histograms without their buckets
     */
    boolean isShown() {
        DistributionSummary tried = DistributionSummary.builder("certrail_tried")
                .tags(common)
                .serviceLevelObjectives(1)
                .register(registry);
        try {
            return registry.find("certrail_tried").summary() != null
                    && tried.takeSnapshot().histogramCounts().length > 0;
        } finally {
            registry.remove(tried);
        }
    }

    @Override
    public void removeAll() {
        made.forEach(registry::remove);
        made.clear();
        asked.clear();
    }

    private Iterable<Tag> tags(Label... labels) {
        return common.and(Arrays.stream(labels)
                .map(label -> Tag.of(label.name(), label.value()))
                .toList());
    }
}
