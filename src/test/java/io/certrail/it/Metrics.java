package io.certrail.it;

import java.util.HashMap;
import java.util.Map;

/**
 * What {@code /metrics} shows: Prometheus text format 0.0.4.
 *
 * @param series name and labels as they stand there, to the value
 */
record Metrics(Map<String, Double> series) {
    static Metrics of(String text) {
        Map<String, Double> series = new HashMap<>();
        for (String line : text.split("\n")) {
            int space = line.lastIndexOf(' ');
            if (!line.startsWith("#") && space > 0) {
                series.put(line.substring(0, space).strip(), Double.parseDouble(line.substring(space + 1)));
            }
        }
        return new Metrics(Map.copyOf(series));
    }

    /** The sum of all series with that name and all of these labels, each as {@code name="value"}. */
    long value(String name, String... labels) {
        double sum = 0;
        for (var each : series.entrySet()) {
            String key = each.getKey();
            boolean wanted = key.equals(name) || key.startsWith(name + "{");
            for (String label : labels) {
                wanted &= key.contains(label);
            }
            sum += wanted ? each.getValue() : 0;
        }
        return Math.round(sum);
    }
}
