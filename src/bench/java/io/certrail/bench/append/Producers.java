package io.certrail.bench.append;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each append one record after the other. */
final class Producers {
    private static final int MOST = 1 << 16;

    private Producers() {}

    /**
     * A window.
     *
     * @param perSecond records
     * @param p50Micros of one append
     * @param p99Micros of one append
     * @param cpuMicros of the process, per record
     */
    record Rate(double perSecond, double p50Micros, double p99Micros, double cpuMicros) {}

    /** @param seconds how long, at least */
    static Rate run(RecordLog log, int producers, double seconds, byte[] line) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(producers);
        long begin = System.nanoTime();
        long cpu = cpuNanos();
        List<Future<long[]>> running = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            running.add(threads.submit(() -> produce(log, begin + (long) (seconds * 1e9), line)));
        }
        long count = 0;
        List<long[]> samples = new ArrayList<>();
        for (Future<long[]> each : running) {
            long[] nanos = each.get();
            count += nanos[0];
            samples.add(Arrays.copyOfRange(nanos, 1, 1 + (int) Math.min(nanos[0], MOST)));
        }
        double elapsed = System.nanoTime() - begin;
        double used = cpuNanos() - cpu;
        threads.shutdown();
        long[] sorted = samples.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return new Rate(
                count / elapsed * 1e9,
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 0.99)] / 1e3,
                used / count / 1e3);
    }

    /** How many, and then how long the last ones took. */
    private static long[] produce(RecordLog log, long end, byte[] line) throws Exception {
        long[] nanos = new long[1 + MOST];
        long now = System.nanoTime();
        while (now < end) {
            log.append(line);
            long after = System.nanoTime();
            nanos[1 + (int) (nanos[0] % MOST)] = after - now;
            nanos[0]++;
            now = after;
        }
        return nanos;
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Bytes allocated by this thread. */
    static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
