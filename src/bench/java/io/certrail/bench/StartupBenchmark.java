package io.certrail.bench;

import io.certrail.dev.pki.PkiFolder;
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

    private final Platform platform;
    private final PkiFolder pki;
    private final TlsClient client;
    private final List<Variant> variants;
    private final int starts = Settings.number("bench.starts", 5, 1);
    private final int loadSeconds = Settings.number("bench.warmup", 20, 2) / 2;

    StartupBenchmark(Platform platform, PkiFolder pki, TlsClient client, List<Variant> variants) {
        this.platform = platform;
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
        Platform platform = Platform.chosen();
        PkiFolder pki = new PkiFolder(BenchPki.make(platform.directory().resolve("pki")));
        TlsClient client = TlsClient.of(pki.folder(), BenchPki.CLIENT);
        List<Starts> all = new StartupBenchmark(platform, pki, client, Variant.chosen(platform)).run();
        new Report(platform.title(), List.of(), List.of(), all, 0, 0, 0, 0)
                .write(platform.directory(), "startup-" + platform.name());
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
        try (VariantServer server = VariantServer.start(platform, variant, "start-" + variant.id(), pki, client)) {
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
