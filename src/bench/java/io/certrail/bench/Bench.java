package io.certrail.bench;

import io.certrail.bench.append.AppendBenchmark;
import io.certrail.bench.jmh.MicroBenchmarks;
import io.certrail.bench.search.SearchBenchmark;
import io.certrail.bench.verify.GrowthBenchmark;
import io.certrail.bench.verify.VerifyBenchmark;
import java.nio.file.Path;

/**
 * The command: {@code server}, {@code startup}, {@code load}, {@code append}, {@code verify}, {@code growth}, {@code search}
 * or {@code jmh}.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String what = arguments.length == 0 ? "server" : arguments[0];
        switch (what) {
            case "server" -> ServerBenchmark.main();
            case "startup" -> StartupBenchmark.main();
            case "load" -> Load.main(LoadOptions.fromProperties());
            case "append" -> AppendBenchmark.main();
            case "verify" ->
                VerifyBenchmark.main(
                        Path.of(Settings.text("bench.directory", "target/bench")),
                        Settings.number("bench.records", 1_000_000, 30_000),
                        Settings.number("bench.rounds", 8, 2));
            case "growth" ->
                GrowthBenchmark.main(
                        Path.of(Settings.text("bench.directory", "target/bench")),
                        Settings.number("bench.records", 10_000_000, 100_000));
            case "search" ->
                SearchBenchmark.main(
                        Path.of(Settings.text("bench.directory", "target/bench")),
                        Settings.number("bench.records", 1_000_000, 50_000),
                        Settings.flag("bench.postgresql"),
                        Settings.number("bench.rounds", 10, 2),
                        Settings.number("bench.window", 5, 1));
            case "jmh" -> MicroBenchmarks.main();
            default ->
                throw new IllegalArgumentException(
                        "bench=" + what + ": expected server, startup, load, append, verify, growth, search or jmh");
        }
    }
}
