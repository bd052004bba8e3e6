package io.certrail.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shows measurements as text that Prometheus reads: its text format, version 0.0.4. By hand rather than by a library:
 * the names, labels and texts are all our own, so nothing in them needs escaping, and an application that embeds
 * Certrail gets no other jar with it.
 */
final class TextMeters implements Meters {
    /** What the text is, for {@code Content-Type}. */
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** The lines of each meter, by name and labels. */
    private final Map<Meter, Map<String, Line>> families = new EnumMap<>(Meter.class);

    TextMeters() {
        for (Meter meter : Meter.values()) {
            families.put(meter, new ConcurrentSkipListMap<>());
        }
    }

    @Override
    public Count count(Meter meter, Label... labels) {
        String series = meter.id() + braces(labels);
        return (Counted) family(meter).computeIfAbsent(series, name -> new Counted(name, new LongAdder()));
    }

    @Override
    public void show(Meter meter, LongSupplier value) {
        family(meter).put(meter.id(), text -> sample(text, meter.id(), Long.toString(value.getAsLong())));
    }

    @Override
    public Times times(Meter meter) {
        Distribution distribution = new Distribution(meter.bounds());
        family(meter).put(meter.id(), text -> histogram(text, meter, distribution));
        return distribution;
    }

    @Override
    public void removeAll() {
        families.values().forEach(Map::clear);
    }

    /** All that is measured, at this moment. */
    String text() {
        StringBuilder text = new StringBuilder(8192);
        families.forEach((meter, lines) -> {
            if (!lines.isEmpty()) {
                text.append("# HELP ").append(meter.id()).append(' ').append(meter.help());
                text.append("\n# TYPE ").append(meter.id()).append(' ').append(meter.type());
                text.append('\n');
                lines.values().forEach(line -> line.write(text));
            }
        });
        return text.toString();
    }

    private Map<String, Line> family(Meter meter) {
        return families.getOrDefault(meter, Map.of());
    }

    /** Buckets first, and the count is that of the last one, also while others count. */
    private static void histogram(StringBuilder text, Meter meter, Distribution distribution) {
        Bounds bounds = meter.bounds();
        String count = "";
        for (int i = 0; i <= bounds.size(); i++) {
            count = Long.toString(distribution.upTo(i));
            sample(text, meter.id() + "_bucket" + braces(new Label("le", bounds.le(i))), count);
        }
        sample(text, meter.id() + "_sum", Double.toString(distribution.sumSeconds()));
        sample(text, meter.id() + "_count", count);
    }

    private static void sample(StringBuilder text, String series, String value) {
        text.append(series).append(' ').append(value).append('\n');
    }

    private static String braces(Label... labels) {
        Function<Label, String> pair = label -> label.name() + "=\"" + label.value() + '"';
        return labels.length == 0 ? "" : Arrays.stream(labels).map(pair).collect(Collectors.joining(",", "{", "}"));
    }

    /** One or more lines of the text. */
    @FunctionalInterface
    private interface Line {
        void write(StringBuilder text);
    }

    private record Counted(String series, LongAdder counted) implements Line, Count {
        @Override
        public void add(long more) {
            counted.add(more);
        }

        @Override
        public void write(StringBuilder text) {
            sample(text, series, Long.toString(counted.sum()));
        }
    }
}
