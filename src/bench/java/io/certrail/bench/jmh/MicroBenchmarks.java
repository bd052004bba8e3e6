package io.certrail.bench.jmh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro benchmarks, with what they allocate. */
public final class MicroBenchmarks {
    private MicroBenchmarks() {}

    /** Those whose name has {@code bench.include} in it, else all; a short trial with {@code bench.quick}. */
    public static void main() throws Exception {
        Path directory = Files.createDirectories(Path.of(System.getProperty("bench.directory", "target/bench")));
        String chosen = System.getProperty("bench.include", "");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Pattern.quote("io.certrail.") + ".*" + Pattern.quote(chosen))
                .addProfiler(GCProfiler.class)
                .resultFormat(ResultFormatType.JSON)
                .result(directory.resolve("jmh.json").toString());
        if (Boolean.getBoolean("bench.quick")) {
            options = options.forks(1)
                    .warmupIterations(3)
                    .measurementIterations(2)
                    .warmupTime(TimeValue.milliseconds(500))
                    .measurementTime(TimeValue.milliseconds(500));
        }
        new Runner(options.build()).run();
    }
}
