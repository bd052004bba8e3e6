package io.certrail.bench.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What grows with a trail, and what does not: trails of ten times as many records each, written by the real writer with its tree,
 * ended as by a crash, opened again and verified, each step in a process of its own.
 */
public final class GrowthBenchmark {
    private static final long LEAST = 10_000;
    /** As an application server has to spare for it. */
    private static final String WRITER_HEAP = "-Xmx256m";

    private static final String OTHERS_HEAP = "-Xmx64m";

    private final Path folder;
    private final StringBuilder table = new StringBuilder(
            "| records | MB | written/s | opened in | verified in | GB/s |"
                    + " writer: heap after GC, peak resident | start likewise | verify likewise |\n|---|---|---|---|---|---|---|---|---|\n");

    private GrowthBenchmark(Path folder) {
        this.folder = folder;
    }

    /**
     * Measures, and prints a row for each size.
     *
     * @param directory for the trails, which are removed, and for {@code growth.md}
     * @param most records of the last trail; the first has 10,000
     */
    public static void main(Path directory, long most) throws Exception {
        if (most < LEAST) {
            throw new IllegalArgumentException("bench.records=" + most + ": expected " + LEAST + " or more");
        }
        GrowthBenchmark benchmark = new GrowthBenchmark(directory.resolve("growth"));
        for (long records = LEAST; records <= most; records *= 10) {
            benchmark.measure(records);
        }
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("growth.md"), benchmark.table);
        System.out.println(benchmark.table);
    }

    private void measure(long records) throws IOException, InterruptedException {
        remove();
        Map<String, Long> written = run(WRITER_HEAP, "write", Long.toString(records));
        Map<String, Long> opened = run(OTHERS_HEAP, "open");
        Map<String, Long> verified = run(OTHERS_HEAP, "verify");
        remove();
        long bytes = verified.get("bytes");
        String row = String.format(
                Locale.ROOT,
                "| %,d | %,d | %,d | %,d ms (%,d records unsealed) | %,d ms | %.2f | %s | %s | %s |",
                records,
                bytes / 1_000_000,
                records * 1000 / Math.max(1, written.get("write_ms")),
                opened.get("open_ms"),
                written.get("behind"),
                verified.get("verify_ms"),
                bytes / 1e6 / Math.max(1, verified.get("verify_ms")),
                memory(written),
                memory(opened),
                memory(verified));
        System.out.println(row);
        table.append(row).append('\n');
    }

    private static String memory(Map<String, Long> figures) {
        return String.format(
                Locale.ROOT, "%.1f, %d MiB", figures.get("heap_kib") / 1024.0, figures.get("peak_resident_kib") / 1024);
    }

    private Map<String, Long> run(String heap, String step, String... more) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                GrowthProcess.class.getName(),
                                step,
                                folder.toString()),
                        Stream.of(more))
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Long> figures = new HashMap<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String[] parts = line.split("=", 2);
                figures.put(parts[0], Long.parseLong(parts[1]));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(step + " ended with " + process.exitValue());
        }
        return figures;
    }

    private void remove() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
