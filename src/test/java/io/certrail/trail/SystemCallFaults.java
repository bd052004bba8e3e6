package io.certrail.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A writer for {@code .ci/strace}, which lets system calls of this process fail. {@code write FOLDER FILE} appends, and
 * writes into the file what was acknowledged; {@code check FOLDER FILE} opens the trail again and looks for it.
 */
final class SystemCallFaults {
    private static final int ENTRIES = 30;
    private static final Duration LONG = Duration.ofSeconds(20);

    private SystemCallFaults() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Path acknowledged = Path.of(arguments[2]);
        if (arguments[0].equals("write")) {
            write(folder, acknowledged);
        } else {
            check(folder, Files.readAllLines(acknowledged));
        }
    }

    private static void write(Path folder, Path acknowledged) throws IOException {
        List<String> told = new ArrayList<>();
        Trail trail = open(folder);
        try (trail) {
            for (int i = 0; i < ENTRIES; i++) {
                String id = "entry-" + i + "-";
                byte[] line = PlainChronicle.line("test", id + "x".repeat(500));
                if (trail.append(line, line.length, Wait.DURABLE).await(LONG)) {
                    told.add(id);
                }
            }
        }
        Files.write(acknowledged, told);
        say(trail.counts().toString());
    }

    private static void check(Path folder, List<String> acknowledged) throws IOException {
        open(folder).close();
        List<String> lines = TrailAssert.lines(folder);
        for (String id : acknowledged) {
            if (lines.stream().filter(line -> line.contains(id)).count() != 1) {
                throw new AssertionError(id + " was acknowledged and is not there once");
            }
        }
        say(acknowledged.size() + " of " + ENTRIES + " acknowledged and there, " + lines.size() + " lines");
    }

    private static Trail open(Path folder) throws IOException {
        TrailOptions options = new TrailOptions(
                folder,
                8 << 10,
                Duration.ofDays(1),
                1000,
                1 << 20,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(2),
                Retention.ALL,
                64 << 10);
        return Trail.open(options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private static void say(String text) {
        new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, US_ASCII).println(text);
    }
}
