package io.certrail.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Series of Prometheus' text as they are compared between servers: without what one server adds to all of them
 * ({@code mp_scope}, {@code WF_DEPLOYMENT}, the {@code _max} of Micrometer's histograms), labels sorted, a bucket's
 * bound as a number.
 */
public final class Series {
    private static final Pattern LINE = Pattern.compile("(certrail_\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\",?");
    private static final Set<String> OF_THE_SERVER = Set.of("mp_scope", "mp_app", "WF_DEPLOYMENT");

    private Series() {}

    /** Each series with its value; fails if one is there twice. */
    public static Map<String, Double> of(String text) {
        return text.lines()
                .filter(line -> line.startsWith("certrail_"))
                .map(Series::parse)
                .filter(line -> !line.group(1).endsWith("_seconds_max"))
                .collect(Collectors.toMap(
                        line -> line.group(1) + labels(line.group(2)),
                        line -> Double.valueOf(line.group(3)),
                        (a, b) -> {
                            throw new IllegalStateException("twice");
                        },
                        TreeMap::new));
    }

    /** Those that are there from the start, before anything has happened. */
    public static Set<String> fromTheStart() {
        TextMeters meters = new TextMeters();
        Happenings.begin(meters);
        return of(meters.text()).keySet();
    }

    private static Matcher parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no line of Prometheus' text: " + line);
        }
        return matcher;
    }

    private static String labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text == null ? "" : text);
        while (matcher.find()) {
            if (!OF_THE_SERVER.contains(matcher.group(1))) {
                labels.put(matcher.group(1), value(matcher.group(1), matcher.group(2)));
            }
        }
        return labels.toString();
    }

    private static String value(String label, String value) {
        return label.equals("le") && !value.equals("+Inf")
                ? Double.valueOf(value).toString()
                : value;
    }
}
