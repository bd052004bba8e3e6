package io.certrail.bench;

/**
 * One measured stretch of requests to one server.
 *
 * @param cpuMicros server CPU per request
 */
record Window(double perSecond, double p50Micros, double p99Micros, double cpuMicros) {
    /** Requests on each connection before the clock starts. */
    static final int UNMEASURED = 20;

    static Window of(KeepAliveLoad.Made made, long cpuMicros) {
        return new Window(
                made.perSecond(),
                made.latencies().percentile(0.5) / 1e3,
                made.latencies().percentile(0.99) / 1e3,
                (double) cpuMicros / made.answered());
    }
}
