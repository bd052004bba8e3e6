package io.certrail.trail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Measures, beside each other and alternating, medians of rounds: durable appends a second by 1, 8 and 64 producers that
 * each wait for their own, with a trail and with a lock and one force each; and what an append that nobody waits for
 * costs in CPU, the writer's share included. Arguments: folder, rounds, seconds a round,
 * and anything to measure the latter only.
 */
public final class TrailBench {
    private static final byte[] LINE = PlainChronicle.line("bench", "x".repeat(950));

    private final Path folder;
    private final int rounds;
    private final double seconds;

    private TrailBench(Path folder, int rounds, double seconds) {
        this.folder = folder;
        this.rounds = rounds;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        TrailBench bench = new TrailBench(Path.of(args[0]), Integer.parseInt(args[1]), Double.parseDouble(args[2]));
        for (int producers : args.length > 3 ? new int[0] : new int[] {1, 8, 64}) {
            bench.compare(producers);
        }
        bench.unwaited();
    }

    private void compare(int producers) throws Exception {
        double[] locked = new double[rounds];
        double[] trail = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            locked[i] = locked(producers);
            trail[i] = trail(producers);
        }
        print("%2d producers: lock and force %.0f/s, trail %.0f/s%n", producers, median(locked), median(trail));
    }

    private double locked(int producers) throws Exception {
        Path file = folder.resolve("locked");
        Object lock = new Object();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            return run(producers, () -> {
                synchronized (lock) {
                    channel.write(ByteBuffer.wrap(LINE));
                    channel.force(false);
                }
            });
        } finally {
            Files.delete(file);
        }
    }

    private double trail(int producers) throws Exception {
        try (Trail trail = open(TrailOptions.of(folder.resolve("trail")))) {
            return run(producers, () -> {
                if (!trail.append(LINE, LINE.length, Wait.DURABLE).await(Duration.ofSeconds(10))) {
                    throw new IOException("lost: " + trail.status());
                }
            });
        } finally {
            delete();
        }
    }

    private interface Work {
        void once() throws IOException;
    }

    private double run(int producers, Work work) throws Exception {
        LongAdder done = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < producers; i++) {
            Thread thread = new Thread(() -> {
                try {
                    while (System.nanoTime() < end) {
                        work.once();
                        done.increment();
                    }
                } catch (IOException e) {
                    print("failed: %s%n", e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return done.sum() / ((System.nanoTime() - begin) / 1e9);
    }

    /** 50,000 a second: far below what the disk takes, as on a busy server. */
    private void unwaited() throws Exception {
        double[] cost = new double[rounds];
        double[] bare = new double[rounds];
        double[] producer = new double[rounds];
        double[] floor = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            bare[i] = paced(() -> {}) / 1e3;
            floor[i] = floor() / 1e3;
            try (Trail trail = open(TrailOptions.of(folder.resolve("trail")))) {
                cost[i] = paced(() -> trail.append(LINE, LINE.length, Wait.NONE)) / 1e3;
                producer[i] = appendNanos / 1e3;
                if (trail.counts().lost() > 0) {
                    throw new IOException("lost: " + trail.counts());
                }
            } finally {
                delete();
            }
        }
        print(
                "not waited for: %.2f us of CPU an append, writer included; the bytes alone in writes of 500 %.2f,"
                        + " pacing %.2f; the call itself %.2f%n",
                median(cost) - median(bare), median(floor) - median(bare), median(bare), median(producer));
    }

    /** The same bytes in as few writes and forces, by the producer itself: what no trail can do without. */
    private double floor() throws Exception {
        Path file = folder.resolve("floor");
        ByteBuffer buffer = ByteBuffer.allocateDirect(500 * LINE.length);
        long[] forced = {System.nanoTime()};
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            return paced(() -> {
                buffer.put(LINE);
                if (!buffer.hasRemaining()) {
                    channel.write(buffer.flip());
                    buffer.clear();
                    if (System.nanoTime() - forced[0] > 1_000_000_000L) {
                        channel.force(false);
                        forced[0] = System.nanoTime();
                    }
                }
            });
        } finally {
            Files.delete(file);
        }
    }

    private double appendNanos;

    /** CPU nanoseconds of the whole process per call. */
    private double paced(Work work) throws Exception {
        com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long calls = 0;
        long inside = 0;
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < seconds * 1e9) {
            long before = System.nanoTime();
            for (int i = 0; i < 500; i++) {
                work.once();
            }
            inside += System.nanoTime() - before;
            calls += 500;
            Thread.sleep(10);
        }
        appendNanos = (double) inside / calls;
        return (double) (system.getProcessCpuTime() - cpu) / calls;
    }

    private static Trail open(TrailOptions options) throws IOException {
        return Trail.open(options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("trail"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
