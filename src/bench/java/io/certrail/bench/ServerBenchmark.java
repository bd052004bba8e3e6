package io.certrail.bench;

import io.certrail.dev.StartException;
import io.certrail.dev.pki.PkiFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log costs a server: all variants run at once and are measured in turns, one at a time, there and back, so
 * that whatever drifts on the machine drifts for all.
 */
final class ServerBenchmark {
    private final Platform platform = Platform.chosen();
    private final List<Integer> connections = Arrays.stream(
                    Settings.text("bench.connections", "4,64").split(","))
            .map(Integer::valueOf)
            .toList();
    private final int rounds = Settings.number("bench.rounds", 8, 2);
    private final int windowSeconds = Settings.number("bench.window", 4, 2);
    private final int warmupSeconds = Settings.number("bench.warmup", 80, 2);
    private final int processes = Settings.number("bench.processes", 2, 1);
    private final List<Variant> variants = Variant.chosen(platform);
    private final List<VariantServer> servers = new ArrayList<>();
    private final Map<VariantServer, Map<Integer, List<Window>>> windows = new LinkedHashMap<>();

    static void main() throws Exception {
        new ServerBenchmark().run();
    }

    private void run() throws Exception {
        PkiFolder pki = new PkiFolder(BenchPki.make(platform.directory().resolve("pki")));
        TlsClient client = TlsClient.of(pki.folder(), BenchPki.CLIENT);
        List<StartupBenchmark.Starts> starts = new StartupBenchmark(platform, pki, client, variants).run();
        try {
            startAll(pki, client);
            warmUp();
            for (int round = 0; round < rounds; round++) {
                measure(round);
            }
            report(starts);
        } finally {
            for (VariantServer server : servers) {
                server.close();
            }
        }
    }

    private void startAll(PkiFolder pki, TlsClient client) throws Exception {
        for (int process = 1; process <= processes; process++) {
            for (Variant variant : variants) {
                VariantServer server =
                        VariantServer.start(platform, variant, variant.id() + "-" + process, pki, client);
                servers.add(server);
                windows.put(server, new LinkedHashMap<>());
                System.out.printf(
                        "%-11s %d ready after %.1f s%n",
                        variant.id(), process, server.startup().toMillis() / 1e3);
            }
        }
    }

    private void warmUp() throws Exception {
        for (VariantServer server : servers) {
            for (int count : connections) {
                Window window = server.load(count, (double) warmupSeconds / connections.size());
                System.out.printf(
                        "warm-up %-11s %2d connections %8.0f/s%n",
                        server.variant().id(), count, window.perSecond());
            }
        }
    }

    private void measure(int round) throws Exception {
        List<VariantServer> turn = new ArrayList<>(servers);
        if (round % 2 == 1) {
            Collections.reverse(turn);
        }
        for (int count : connections) {
            for (VariantServer server : turn) {
                Window window = server.load(count, windowSeconds);
                windows.get(server)
                        .computeIfAbsent(count, key -> new ArrayList<>())
                        .add(window);
                System.out.printf(
                        "round %d of %d %-11s %2d connections %8.0f/s p50 %6.0f µs p99 %7.0f µs CPU %6.1f µs%n",
                        round + 1,
                        rounds,
                        server.variant().id(),
                        count,
                        window.perSecond(),
                        window.p50Micros(),
                        window.p99Micros(),
                        window.cpuMicros());
            }
        }
    }

    private void report(List<StartupBenchmark.Starts> starts) throws IOException, StartException {
        List<Figures> figures = new ArrayList<>();
        for (int count : connections) {
            for (Variant variant : variants) {
                figures.add(Figures.of(variant, count, windowsOf(variant, count), windowsOf(Variant.BARE, count)));
            }
        }
        List<Kept> kept = new ArrayList<>();
        for (VariantServer server : servers) {
            server.stop();
            kept.add(new Kept(server.variant(), server.requests(), server.records()));
        }
        new Report(platform.title(), figures, kept, starts, rounds, windowSeconds, warmupSeconds, processes)
                .write(platform.directory(), "server-" + platform.name());
    }

    /** Requests answered and requests on record; the latter -1 where nobody kept any. */
    record Kept(Variant variant, long answered, long recorded) {}

    /** Of all processes of a variant, in the same order for each variant: process by process, round by round. */
    private List<Window> windowsOf(Variant variant, int count) {
        return servers.stream()
                .filter(server -> server.variant() == variant)
                .flatMap(server -> windows.get(server).get(count).stream())
                .toList();
    }
}
