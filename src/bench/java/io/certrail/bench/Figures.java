package io.certrail.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One variant at one number of connections: medians over all rounds and processes. Ratios and differences are the
 * medians of those within one round, since absolute figures drift and ratios hold; {@code NaN} without a bare server.
 *
 * @param cpuMicros server CPU per request
 * @param throughputRatio requests per second to the bare server's
 * @param cpuRatio CPU per request to the bare server's
 * @param extraCpuMicros CPU per request above the bare server's
 */
record Figures(
        Variant variant,
        int connections,
        double perSecond,
        double p50Micros,
        double p99Micros,
        double cpuMicros,
        double throughputRatio,
        double cpuRatio,
        double extraCpuMicros) {

    /** @param bare windows of the bare server, in the same order of rounds and processes; may be empty */
    static Figures of(Variant variant, int connections, List<Window> windows, List<Window> bare) {
        return new Figures(
                variant,
                connections,
                median(windows, Window::perSecond),
                median(windows, Window::p50Micros),
                median(windows, Window::p99Micros),
                median(windows, Window::cpuMicros),
                paired(windows, bare, (window, base) -> window.perSecond() / base.perSecond()),
                paired(windows, bare, (window, base) -> window.cpuMicros() / base.cpuMicros()),
                paired(windows, bare, (window, base) -> window.cpuMicros() - base.cpuMicros()));
    }

    private interface Comparison {
        double of(Window window, Window base);
    }

    private static double paired(List<Window> windows, List<Window> bare, Comparison comparison) {
        if (bare.size() != windows.size()) {
            return Double.NaN;
        }
        return median(IntStream.range(0, windows.size())
                .mapToDouble(i -> comparison.of(windows.get(i), bare.get(i)))
                .toArray());
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return median(windows.stream().mapToDouble(figure).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
