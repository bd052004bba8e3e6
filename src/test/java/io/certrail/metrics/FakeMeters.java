package io.certrail.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Shows series as Prometheus' text would, without its comments. */
public final class FakeMeters implements Meters {
    private final Map<String, LongSupplier> series = new ConcurrentHashMap<>();
    private final Map<Meter, Distribution> distributions = new ConcurrentHashMap<>();

    @Override
    public Count count(Meter meter, Label... labels) {
        LongAdder adder = new LongAdder();
        if (series.putIfAbsent(id(meter, labels), adder::sum) != null) {
            throw new IllegalStateException("made twice: " + id(meter, labels));
        }
        return adder::add;
    }

    @Override
    public void show(Meter meter, LongSupplier value) {
        series.put(id(meter), value);
    }

    @Override
    public Times times(Meter meter) {
        Distribution distribution = new Distribution(meter.bounds());
        distributions.put(meter, distribution);
        return distribution;
    }

    @Override
    public void removeAll() {
        series.clear();
        distributions.clear();
    }

    public boolean isEmpty() {
        return series.isEmpty() && distributions.isEmpty();
    }

    /** All series that are not zero. */
    public Map<String, Long> counted() {
        Map<String, Long> counted = new TreeMap<>();
        series.forEach((id, value) -> counted.put(id, value.getAsLong()));
        counted.values().removeIf(value -> value == 0);
        return counted;
    }

    public long value(String id) {
        return series.get(id).getAsLong();
    }

    /** Null if it is not shown. */
    Distribution distribution(Meter meter) {
        return distributions.get(meter);
    }

    private static String id(Meter meter, Label... labels) {
        String inner = Arrays.stream(labels)
                .map(label -> label.name() + "=" + label.value())
                .collect(Collectors.joining(","));
        return meter.id() + (labels.length == 0 ? "" : "{" + inner + "}");
    }
}
