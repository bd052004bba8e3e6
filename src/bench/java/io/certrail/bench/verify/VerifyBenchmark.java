package io.certrail.bench.verify;

import io.certrail.bench.trail.LargeTrail;
import io.certrail.tlog.Hash;
import io.certrail.tlog.TreeHasher;
import io.certrail.trail.Newline;
import io.certrail.trail.TrailFiles;
import io.certrail.verify.FindingKind;
import io.certrail.verify.Progress;
import io.certrail.verify.Report;
import io.certrail.verify.Verifier;
import io.certrail.verify.VerifyOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * GB/s of {@code certrail verify}, of SHA-256 of the same files, and of the least that any verification of a tree needs: each
 * line found and hashed by itself. Alternating, with one thread and with two.
 */
public final class VerifyBenchmark {
    /** The events are of another month than the records of the writer's own, and no checkpoint is elsewhere. */
    private static final Set<FindingKind> EXPECTED =
            EnumSet.of(FindingKind.TIME_BACKWARDS, FindingKind.VOUCHES_FOR_ITSELF);

    private static final int BUFFER = 1 << 20;

    private final LargeTrail trail;
    private final long bytes;
    private final Map<String, List<Double>> figures = new TreeMap<>();

    private VerifyBenchmark(LargeTrail trail) throws IOException {
        this.trail = trail;
        this.bytes = trail.bytes();
    }

    /**
     * Makes a trail by the real writer, and measures.
     *
     * @param folder on the disk that is measured; the trail stays there for the next run
     */
    public static void main(Path folder, int records, int rounds) throws Exception {
        VerifyBenchmark benchmark = new VerifyBenchmark(LargeTrail.in(folder, records));
        for (int i = 0; i < rounds; i++) {
            benchmark.round(1);
            benchmark.round(2);
        }
        benchmark.print();
    }

    private void round(int threads) throws Exception {
        measure("raw SHA-256, threads " + threads, () -> each(threads, VerifyBenchmark::hash));
        measure("each line's SHA-256, threads " + threads, () -> each(threads, VerifyBenchmark::hashLines));
        measure("certrail verify, threads " + threads, () -> verify(threads));
    }

    private void measure(String name, Callable<?> work) throws Exception {
        long begin = System.nanoTime();
        work.call();
        double gigabytes = bytes / (double) (System.nanoTime() - begin);
        figures.computeIfAbsent(name, key -> new ArrayList<>()).add(gigabytes);
    }

    private Report verify(int threads) throws IOException {
        Report report = new Verifier(TrailFiles.onDisk(), VerifyOptions.of(null).threads(threads))
                .verify(trail.folder(), Progress.NONE);
        if (!EXPECTED.containsAll(report.counts().keySet())) {
            throw new IllegalStateException("the trail is not good: " + report.counts());
        }
        return report;
    }

    private interface Hashing {
        byte[] of(Path file) throws Exception;
    }

    private int each(int threads, Hashing hashing) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<byte[]>> hashes = new ArrayList<>();
            for (Path file : trail.segments()) {
                hashes.add(pool.submit(() -> hashing.of(file)));
            }
            for (Future<byte[]> hash : hashes) {
                hash.get();
            }
            return hashes.size();
        } finally {
            pool.shutdown();
        }
    }

    private static byte[] hash(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[BUFFER];
        try (FileChannel channel = FileChannel.open(file)) {
            for (int read = 0; read >= 0; read = channel.read(ByteBuffer.wrap(buffer))) {
                digest.update(buffer, 0, read);
            }
        }
        return digest.digest();
    }

    /** The hash of the last line, after that of each before it. */
    private static byte[] hashLines(Path file) throws Exception {
        TreeHasher hasher = new TreeHasher();
        byte[] hash = new byte[Hash.LENGTH];
        byte[] buffer = new byte[BUFFER];
        int rest = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            int read = channel.read(ByteBuffer.wrap(buffer));
            while (read > 0) {
                int filled = rest + read;
                int from = 0;
                for (int end = Newline.first(buffer, from, filled);
                        end < filled;
                        end = Newline.first(buffer, from, filled)) {
                    hasher.leaf(buffer, from, end - from, hash, 0);
                    from = end + 1;
                }
                rest = filled - from;
                System.arraycopy(buffer, from, buffer, 0, rest);
                read = channel.read(ByteBuffer.wrap(buffer, rest, buffer.length - rest));
            }
        }
        return hash;
    }

    private void print() {
        System.out.printf("%,d bytes in %s%n", bytes, trail.folder());
        figures.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            System.out.printf(
                    "%-28s median %.2f GB/s, %.2f to %.2f%n",
                    name, sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
        });
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf("heap after all that: %d MiB%n", heap >> 20);
    }
}
