package io.certrail.trail;

import com.sun.management.ThreadMXBean;
import io.certrail.tlog.Hash;
import io.certrail.tlog.TreeHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tree costs a record: CPU and allocation of reading, of hashing besides, and of tree and tiles besides. */
final class TreeBench {
    private static final int LINES = 400_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private TreeBench() {}

    /** @param arguments a folder to work in, which must not exist */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        write(folder.resolve("entries"));
        for (int round = 0; round < 4; round++) {
            TreeHasher hasher = new TreeHasher();
            byte[] hash = new byte[Hash.LENGTH];
            measure("read", folder, (array, offset, length) -> {}, () -> {});
            measure(
                    "read, hash",
                    folder,
                    (array, offset, length) -> hasher.leaf(array, offset, length, hash, 0),
                    () -> {});
            TileFolder tiles = new TileFolder(TrailFiles.onDisk(), folder.resolve("round-" + round));
            IntegratedTree tree = IntegratedTree.resume(0, TrailTree.of(TrailFiles.onDisk(), folder), tiles);
            measure("read, hash, count, tree, tiles", folder, tree, tree::flush);
        }
    }

    @FunctionalInterface
    private interface After {
        void line() throws IOException;
    }

    private static void measure(String what, Path folder, LineSink sink, After after) throws IOException {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try (TrailReader reader = TrailReader.open(TrailFiles.onDisk(), folder, 0)) {
            while (reader.next()) {
                reader.show(sink);
                after.line();
            }
        }
        System.out.printf(
                "%-32s %6d ns CPU, %5.1f bytes allocated a record%n",
                what,
                (THREADS.getCurrentThreadCpuTime() - cpu) / LINES,
                (THREADS.getCurrentThreadAllocatedBytes() - allocated) / (double) LINES);
    }

    private static void write(Path entries) throws IOException {
        Files.createDirectories(entries);
        String detail = "x".repeat(534);
        OutputStream out = OutputStream.nullOutputStream();
        for (int i = 0; i < LINES; i++) {
            if (i % 90_000 == 0) {
                out.close();
                out = Files.newOutputStream(entries.resolve(String.format("%020d.jsonl", i)));
            }
            String name = i % 10 == 0 ? "tls.handshake" : "http.request";
            out.write(RecordChronicle.line("01a21387-fbe8-79e9-8688-1a067e60d6a4", name, "success", detail));
            out.write((i + "}}\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.close();
    }
}
