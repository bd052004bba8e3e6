package io.certrail.bench.append;

import io.certrail.bench.append.Producers.Rate;
import io.certrail.trail.PlainChronicle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Durable records a second by 1, 8 and 64 producers that each wait for their own, of every contender in turn, there and
 * back, round after round; medians. Prints a table and keeps it.
 */
public final class AppendBenchmark {
    private static final byte[] LINE = PlainChronicle.line("bench", "x".repeat(950));
    private static final int[] PRODUCERS = {1, 8, 64};

    private final Path folder;
    private final int rounds;
    private final double seconds;
    private final Map<String, Opener> contenders = new LinkedHashMap<>();
    private final Map<String, Map<Integer, List<Rate>>> rates = new LinkedHashMap<>();

    private interface Opener {
        RecordLog open(Path folder) throws Exception;
    }

    /** @param folder on the disk to be measured; what the benchmark makes there goes again */
    AppendBenchmark(Path folder, int rounds, double seconds) {
        this.folder = folder;
        this.rounds = rounds;
        this.seconds = seconds;
        contenders.put("disk, appended", Disk::appended);
        contenders.put("disk, preallocated", Disk::preallocated);
        contenders.put("disk, preallocated, direct", Disk::direct);
        contenders.put("lock and force each", ForcedFile::new);
        contenders.put("Elytron FileAuditEndpoint", ElytronFile::new);
        contenders.put("SQLite WAL FULL, grouped", SqliteTable::new);
        contenders.put("queue, one force a batch, preallocated", GroupedFile::lines);
        contenders.put("the same, hashed", GroupedFile::hashed);
        contenders.put("Certrail, lines alone", TrailLog::lines);
        contenders.put("Certrail, hashed", TrailLog::hashed);
    }

    /** Runs it in the benchmarks' folder; {@code append.md} keeps the table. */
    public static void main() throws Exception {
        boolean quick = Boolean.getBoolean("bench.quick");
        Path folder = Path.of(System.getProperty("bench.directory", "target/bench"));
        String table = new AppendBenchmark(folder, quick ? 1 : 7, quick ? 0.2 : 2).run();
        Files.writeString(folder.resolve("append.md"), table);
        System.out.print(table);
    }

    /** The table, in Markdown. */
    String run() throws Exception {
        Files.createDirectories(folder);
        List<String> order = new ArrayList<>(contenders.keySet());
        for (int round = -1; round < rounds; round++) { // the first one warms up
            for (String name : order) {
                measure(name, round >= 0);
            }
            Collections.reverse(order);
        }
        return table() + new QueueCost(folder, rounds, seconds, LINE).run();
    }

    private void measure(String name, boolean counts) throws Exception {
        for (int producers : PRODUCERS) {
            if (producers > 1 && name.startsWith("disk")) {
                continue;
            }
            Path place = Files.createTempDirectory(folder, "append");
            try (RecordLog log = contenders.get(name).open(place)) {
                Rate rate = Producers.run(log, producers, seconds, LINE);
                if (counts) {
                    rates.computeIfAbsent(name, key -> new LinkedHashMap<>())
                            .computeIfAbsent(producers, key -> new ArrayList<>())
                            .add(rate);
                }
            } finally {
                delete(place);
            }
        }
    }

    private String table() {
        StringBuilder table = new StringBuilder("| " + LINE.length
                + " bytes | producers | records/s | to lock and force | p50 µs | p99 µs | CPU µs a record |\n"
                + "|---|---|---|---|---|---|---|\n");
        contenders.keySet().forEach(name -> rates.get(name)
                .forEach((producers, measured) -> table.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.0f | %.2f | %.0f | %.0f | %.1f |%n",
                        name,
                        producers,
                        median(measured, Rate::perSecond),
                        median(measured, Rate::perSecond)
                                / median(rates.get("lock and force each").get(producers), Rate::perSecond),
                        median(measured, Rate::p50Micros),
                        median(measured, Rate::p99Micros),
                        median(measured, Rate::cpuMicros)))));
        return table.toString();
    }

    private static double median(List<Rate> rates, ToDoubleFunction<Rate> figure) {
        double[] sorted = rates.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static void delete(Path place) throws IOException {
        try (Stream<Path> walk = Files.walk(place)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
