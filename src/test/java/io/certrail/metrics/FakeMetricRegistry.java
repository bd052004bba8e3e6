package io.certrail.metrics;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** A registry of MicroProfile Metrics that shows names, tags and values as Payara does; its own text is tried there. */
final class FakeMetricRegistry {
    private final Map<MetricID, Supplier<Number>> shown = new ConcurrentHashMap<>();

    MetricRegistry registry() {
        return (MetricRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MetricRegistry.class},
                (proxy, method, with) -> switch (method.getName()) {
                    case "counter" -> counter((Metadata) with[0], (Tag[]) with[1]);
                    case "gauge" -> gauge((Metadata) with[0], (Supplier<?>) with[1], (Tag[]) with[2]);
                    case "remove" -> shown.remove((MetricID) with[0]) != null;
                    case "hashCode" -> 1;
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    String text() {
        return shown.entrySet().stream()
                .map(each -> each.getKey().getName() + tags(each.getKey())
                        + each.getValue().get() + "\n")
                .collect(Collectors.joining());
    }

    private static String tags(MetricID id) {
        return Arrays.stream(id.getTagsAsArray())
                .map(tag -> tag.getTagName() + "=\"" + tag.getTagValue() + "\"")
                .collect(Collectors.joining(",", "{", ",mp_scope=\"application\"} "));
    }

    private Counter counter(Metadata metadata, Tag... tags) {
        LongCounter counter = new LongCounter();
        add(metadata, counter::getCount, tags);
        return counter;
    }

    private Object gauge(Metadata metadata, Supplier<?> value, Tag... tags) {
        add(metadata, () -> (Number) value.get(), tags);
        return null;
    }

    private void add(Metadata metadata, Supplier<Number> value, Tag... tags) {
        if (shown.putIfAbsent(new MetricID(metadata.getName(), tags), value) != null) {
            throw new IllegalStateException("made twice: " + metadata.getName());
        }
    }

    private static final class LongCounter implements Counter {
        private final java.util.concurrent.atomic.AtomicLong count = new java.util.concurrent.atomic.AtomicLong();

        @Override
        public void inc() {
            count.incrementAndGet();
        }

        @Override
        public void inc(long more) {
            count.addAndGet(more);
        }

        @Override
        public long getCount() {
            return count.get();
        }
    }
}
