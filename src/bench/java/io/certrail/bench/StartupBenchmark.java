package io.certrail.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Certrail adds to a server's start and to its memory: servers are started in turns, one at a time; each gets
 * some load and two collections before its memory is read.
 */
final class StartupBenchmark {
    private static final int CONNECTIONS = 16;

    private final Path directory;
    private final Path pki;
    private final TlsClient client;
    private final List<Variant> variants;
    private final int starts = Settings.number("bench.starts", 5, 1);
    private final int loadSeconds = Settings.number("bench.warmup", 20, 2) / 2;

    StartupBenchmark(Path directory, Path pki, TlsClient client, List<Variant> variants) {
        this.directory = directory;
        this.pki = pki;
        this.client = client;
        this.variants = Stream.concat(
                        Stream.of(Variant.BARE, Variant.TWIN).filter(variants::contains),
                        variants.stream().filter(Variant::certrail).limit(1)) // their starts are alike
                .toList();
    }

    /** Medians: from the start of the process to its first answer, and resident memory. */
    record Starts(Variant variant, double startMillis, double residentMib) {}

    static void main() throws Exception {
        Path directory = Path.of(Settings.text("bench.directory", "target/bench"));
        Path pki = BenchPki.make(directory.resolve("pki"));
        TlsClient client = TlsClient.of(pki, BenchPki.CLIENT);
        List<Starts> all = new StartupBenchmark(directory, pki, client, Variant.chosen()).run();
        Report report = new Report(List.of(), List.of(), all, 0, 0, 0, 0);
        Files.writeString(directory.resolve("startup.json"), report.json());
        System.out.println(report.markdown());
    }

    List<Starts> run() throws Exception {
        Map<Variant, List<double[]>> seen = new EnumMap<>(Variant.class);
        List<Variant> turn = new ArrayList<>(variants);
        for (int i = 0; i < starts; i++) {
            for (Variant variant : turn) {
                seen.computeIfAbsent(variant, key -> new ArrayList<>()).add(once(variant));
            }
            Collections.reverse(turn);
        }
        return seen.keySet().stream()
                .map(variant -> new Starts(variant, median(seen.get(variant), 0), median(seen.get(variant), 1)))
                .toList();
    }

    private double[] once(Variant variant) throws Exception {
        try (MicroServer server = MicroServer.start(variant, "start-" + variant.id(), directory, pki, client)) {
            server.load(CONNECTIONS, loadSeconds);
            double[] seen = {server.startup().toMillis(), server.residentAfterGc() / 1024.0};
            System.out.printf("start %-11s %6.0f ms, %4.0f MiB resident%n", variant.id(), seen[0], seen[1]);
            return seen;
        }
    }

    private static double median(List<double[]> seen, int which) {
        return Figures.median(seen.stream().mapToDouble(each -> each[which]).toArray());
    }
}
