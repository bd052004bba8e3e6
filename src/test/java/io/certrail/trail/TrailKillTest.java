package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer in a process of its own, killed under load. */
final class TrailKillTest {
    @TempDir
    Path folder;

    @Test
    void everyAcknowledgedEntryOfAKilledProcessIsThere() throws Exception {
        Set<String> acknowledged = new HashSet<>();
        for (int life = 0; life < 3; life++) {
            acknowledged.addAll(runAndKill("life" + life, 400));
            tear();
            open().close();
            Set<String> found = new HashSet<>();
            TrailAssert.lines(folder).forEach(line -> found.add(id(line)));
            assertThat(found).containsAll(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(1200);
        assertThat(TrailFiles.onDisk().list(folder.resolve("torn"))).hasSize(3);
        assertThat(TrailAssert.lines(folder).stream().filter(line -> line.contains("audit.recovered")))
                .hasSize(3);
    }

    @Test
    void secondProcessIsTurnedAwayUntilTheFirstIsGone() throws Exception {
        Process process = start("other");
        try (BufferedReader out = reader(process)) {
            assertThat(out.readLine()).startsWith("other");
            assertThatThrownBy(this::open)
                    .isInstanceOf(TrailLockedException.class)
                    .hasMessageContaining("process " + process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
        open().close();
        TrailAssert.assertThatTrail(folder).verifies();
    }

    private Set<String> runAndKill(String life, int count) throws Exception {
        Process process = start(life);
        Set<String> acknowledged = new HashSet<>();
        try (BufferedReader out = reader(process)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(";")) { // the last may be cut short
                    acknowledged.add(line.substring(0, line.length() - 1));
                }
                if (acknowledged.size() == count) {
                    process.toHandle().destroyForcibly(); // leaves the stream open, unlike the process itself
                }
            }
        }
        assertThat(process.waitFor()).isNotZero();
        return acknowledged;
    }

    /** A kill seldom falls into the middle of a write; this makes it so. */
    private void tear() throws IOException {
        List<SegmentName> names = SegmentName.list(TrailFiles.onDisk(), folder.resolve("entries"));
        Files.writeString(names.get(names.size() - 1).file(), "{\"event\":\"to", StandardOpenOption.APPEND);
    }

    private Process start(String life) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString(),
                        life)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    private Trail open() throws IOException {
        return open(folder);
    }

    private static Trail open(Path folder) throws IOException {
        TrailOptions all = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                20_000,
                all.segmentAge(),
                all.queueRecords(),
                all.queueBytes(),
                Duration.ZERO,
                Duration.ofMillis(3),
                all.retryInterval(),
                Retention.ALL,
                64 << 10);
        return Trail.open(options, TrailFiles.onDisk(), Clock.systemUTC(), new PlainChronicle(), TrailMeter.NONE);
    }

    private static String id(String line) {
        int begin = line.indexOf("\"detail\":\"") + 10;
        return line.substring(begin, line.indexOf('"', begin));
    }

    /** Appends from eight threads, and says on standard output what was acknowledged. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Trail trail = open(Path.of(args[0]));
            PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
            for (int i = 0; i < 8; i++) {
                String prefix = args[1] + "-" + i + "-";
                new Thread(() -> append(trail, prefix, out)).start();
            }
        }

        private static void append(Trail trail, String prefix, PrintStream out) {
            for (int n = 0; ; n++) {
                byte[] line = PlainChronicle.line("child", prefix + n);
                byte[] unwaited = PlainChronicle.line("unwaited", "x".repeat(n % 3000));
                trail.append(unwaited, unwaited.length, Wait.NONE);
                if (trail.append(line, line.length, Wait.DURABLE).await(Duration.ofSeconds(20))) {
                    synchronized (out) {
                        out.print(prefix + n + ";\n");
                        out.flush();
                    }
                }
            }
        }
    }
}
