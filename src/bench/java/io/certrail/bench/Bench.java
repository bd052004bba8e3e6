package io.certrail.bench;

import io.certrail.bench.append.AppendBenchmark;
import io.certrail.bench.jmh.MicroBenchmarks;

/** The command: {@code server}, {@code startup}, {@code load}, {@code append} or {@code jmh}. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String what = arguments.length == 0 ? "server" : arguments[0];
        switch (what) {
            case "server" -> ServerBenchmark.main();
            case "startup" -> StartupBenchmark.main();
            case "load" -> Load.main(LoadOptions.fromProperties());
            case "append" -> AppendBenchmark.main();
            case "jmh" -> MicroBenchmarks.main();
            default ->
                throw new IllegalArgumentException("bench=" + what + ": expected server, startup, load, append or jmh");
        }
    }
}
