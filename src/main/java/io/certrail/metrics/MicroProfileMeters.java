package io.certrail.metrics;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Shows measurements by MicroProfile Metrics. Not to be touched on a server without its classes. */
final class MicroProfileMeters implements Meters {
    private final MetricRegistry registry;
    private final Set<MetricID> made = ConcurrentHashMap.newKeySet();

    MicroProfileMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Count count(Meter meter, Label... labels) {
        Tag[] tags = tags(labels);
        Counter counter = registry.counter(metadata(meter, ""), tags);
        made.add(new MetricID(meter.id(), tags));
        return counter::inc;
    }

    @Override
    public void show(Meter meter, LongSupplier value) {
        gauge(meter, "", value::getAsLong);
    }

    /** Without a type of its own: MicroProfile's has quantiles, which those of other servers cannot be added to. */
    @Override
    public Times times(Meter meter) {
        Bounds bounds = meter.bounds();
        Distribution distribution = new Distribution(bounds);
        for (int i = 0; i <= bounds.size(); i++) {
            int bucket = i;
            gauge(meter, "_bucket", () -> distribution.upTo(bucket), new Tag("le", bounds.le(bucket)));
        }
        gauge(meter, "_count", distribution::count);
        gauge(meter, "_sum", distribution::sumSeconds);
        return distribution;
    }

    /** What a predecessor left under this name would be shown instead. */
    private void gauge(Meter meter, String suffix, Supplier<Number> value, Tag... tags) {
        MetricID id = new MetricID(meter.id() + suffix, tags);
        registry.remove(id);
        registry.gauge(metadata(meter, suffix), value, tags);
        made.add(id);
    }

    @Override
    public void removeAll() {
        made.forEach(registry::remove);
        made.clear();
    }

    /** Without a unit, for Payara would add it to the name once more. */
    private static Metadata metadata(Meter meter, String suffix) {
        return Metadata.builder()
                .withName(meter.id() + suffix)
                .withDescription(meter.help())
                .build();
    }

    private static Tag[] tags(Label... labels) {
        return Arrays.stream(labels)
                .map(label -> new Tag(label.name(), label.value()))
                .toArray(Tag[]::new);
    }
}
