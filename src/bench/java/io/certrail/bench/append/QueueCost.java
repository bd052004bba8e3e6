package io.certrail.bench.append;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What a record costs that nobody waits for: 50,000 a second, as on a busy server. */
final class QueueCost {
    private static final int EACH_TEN_MILLIS = 500;

    private final Path folder;
    private final int rounds;
    private final double seconds;
    private final byte[] line;

    QueueCost(Path folder, int rounds, double seconds, byte[] line) {
        this.folder = folder;
        this.rounds = rounds;
        this.seconds = seconds;
        this.line = line;
    }

    /** What it says, with a newline. */
    String run() throws Exception {
        double[] pace = new double[rounds];
        double[] cpu = new double[rounds];
        double[] bytes = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            pace[round] = paced(() -> {})[0];
            Path place = Files.createTempDirectory(folder, "queue");
            try (TrailLog log = TrailLog.hashed(place)) {
                double[] cost = paced(() -> log.queue(line));
                cpu[round] = cost[0] - pace[round];
                bytes[round] = cost[1];
            } finally {
                AppendBenchmark.delete(place);
            }
        }
        return String.format(
                Locale.ROOT,
                "%nNot waited for: %.2f µs of CPU a record, writer, tree and disk included; %.0f bytes allocated by the"
                        + " producer.%n",
                median(cpu) / 1e3,
                median(bytes));
    }

    /** CPU nanoseconds of the process and bytes allocated by this thread, per call. */
    private double[] paced(Runnable call) throws InterruptedException {
        long calls = 0;
        long cpu = Producers.cpuNanos();
        long allocated = Producers.allocated();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9) {
            for (int i = 0; i < EACH_TEN_MILLIS; i++) {
                call.run();
            }
            calls += EACH_TEN_MILLIS;
            Thread.sleep(10);
        }
        return new double[] {
            (double) (Producers.cpuNanos() - cpu) / calls, (double) (Producers.allocated() - allocated) / calls
        };
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
