package io.certrail.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import io.certrail.event.InvocationEvent;
import io.certrail.event.Outcome;
import io.certrail.metrics.FakeMeters;
import io.certrail.metrics.Meters;
import io.certrail.server.ServerAdapter;
import io.certrail.trail.TrailStatus;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningTest {
    private static final Pattern NAME = Pattern.compile("\"event\":\\{\"name\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final FakeMeters meters = new FakeMeters();
    private final List<String> happened = new ArrayList<>();

    @Test
    void trailBeginsWithTheStartAndTheConfigurationAndEndsWithTheStop() throws IOException {
        Running running = start();
        running.install("Test Server", recorder -> Optional.empty());
        record(running);
        running.close();

        assertThat(names())
                .containsExactly("audit.started", "audit.config", "audit.config", "app.invocation", "audit.stopped");
        assertThat(lines().get(0))
                .contains(
                        "\"version\":\"",
                        "\"java\":\"",
                        "\"pid\":\"" + ProcessHandle.current().pid());
        assertThat(lines().get(1))
                .contains("\"certrail.durability\":\"none\",\"certrail.durability.source\":\"the test\"")
                .contains("\"certrail.on-failure\":\"refuse\",\"certrail.on-failure.source\":\"default\"");
        assertThat(lines().get(2)).contains("\"adapter\":\"none\",\"server\":\"Test Server\"");
    }

    @Test
    void hooksAreOutBeforeTheTrailIsClosedAndOnlyOnce() throws IOException {
        Running running = start();
        running.install("Test Server", recorder -> Optional.of(adapter(running)));
        running.release();
        record(running);
        running.release();
        running.close();
        running.close();

        assertThat(happened).containsExactly("hooks out while the trail is open");
        assertThat(names()).endsWith("app.invocation", "audit.stopped");
        assertThat(lines().get(2)).contains("\"adapter\":\"Test\"");
    }

    @Test
    void closeTakesHooksOutThatNobodyReleased() {
        Running running = start();
        running.install("Test Server", recorder -> Optional.of(adapter(running)));
        running.close();

        assertThat(happened).containsExactly("hooks out while the trail is open");
        assertThat(running.recorder().status()).isInstanceOf(TrailStatus.Closed.class);
    }

    @Test
    void nothingIsLeftAfterTheEnd() {
        Running running = start();
        assertThat(meters.isEmpty()).isFalse();
        assertThat(writers()).hasSize(1);

        running.close();

        assertThat(meters.isEmpty()).isTrue();
        assertThat(writers()).isEmpty();
    }

    @Test
    void secondWriterOfAFolderIsToldSoAndLeavesNothing() {
        try (Running first = start()) {
            FakeMeters others = new FakeMeters();
            assertThatThrownBy(() -> Running.start(config(), new Surroundings("1"), others, Clock.systemUTC()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("CTR0402 The trail cannot be opened: ")
                    .hasMessageContaining(folder.toString());
            assertThat(others.isEmpty()).isTrue();
            assertThat(first.recorder().status().isWriting()).isTrue();
        }
    }

    @Test
    void errorOnceTheTrailIsOpenLeavesItToTheNextStart() throws IOException {
        Clock clock = Clock.systemUTC();
        Meters scarce = (Meters) Proxy.newProxyInstance(
                RunningTest.class.getClassLoader(), new Class<?>[] {Meters.class}, (proxy, method, arguments) -> {
                    if (writers().isEmpty() || method.getName().equals("removeAll")) {
                        return method.invoke(meters, arguments);
                    }
                    throw new OutOfMemoryError("unable to create native thread");
                });
        assertThatThrownBy(() -> Running.start(config(), Surroundings.here(), scarce, clock))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(meters.isEmpty()).isTrue();
        assertThat(writers()).isEmpty();

        try (Running running = start()) {
            record(running);
        }
        assertThat(names()).contains("app.invocation");
    }

    @Test
    void folderThatCannotBeMadeIsTold() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CertrailConfig config = CertrailConfig.read(
                FakeConfig.with("certrail.trail.folder", file.resolve("trail").toString()));

        assertThatThrownBy(() -> Running.start(config, new Surroundings("1"), meters, Clock.systemUTC()))
                .hasMessageStartingWith("CTR0402 The trail cannot be opened: ")
                .hasMessageContaining(file.toString());
        assertThat(meters.isEmpty()).isTrue();
    }

    @Test
    void serverWithoutMetricsIsServedAllTheSame() throws IOException {
        Running running = Running.start(config(), new Surroundings("1"), meters, Clock.systemUTC());
        record(running);
        running.close();

        assertThat(names()).contains("app.invocation");
    }

    @Test
    void lastCheckpointIsWhereItWasToGo() throws IOException {
        Path notes = folder.resolveSibling(folder.getFileName() + ".notes");
        CertrailConfig config = CertrailConfig.read(
                FakeConfig.with("certrail.trail.folder", folder.toString(), "certrail.checkpoint.to", "file:" + notes));
        try {
            Running running = Running.start(config, Surroundings.here(), meters, Clock.systemUTC());
            record(running);
            running.close();

            assertThat(Files.readString(notes))
                    .endsWith(Files.readString(folder.resolve("checkpoint")) + "\n")
                    .contains(" cause=stop\n");
        } finally {
            Files.deleteIfExists(notes);
        }
    }

    @Test
    void placeForCheckpointsThatCannotBeIsTold() {
        CertrailConfig config = CertrailConfig.read(FakeConfig.with(
                "certrail.trail.folder",
                folder.toString(),
                "certrail.checkpoint.to",
                "file:" + folder.resolve("notes")));

        assertThatThrownBy(() -> Running.start(config, Surroundings.here(), meters, Clock.systemUTC()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CTR0405 Checkpoints cannot be delivered: ")
                .hasMessageContaining("expected a file elsewhere");
        assertThat(meters.isEmpty()).isTrue();
        assertThat(writers()).isEmpty();
    }

    @Test
    void stepsAreUndoneLastFirstWhateverFails() {
        Undo undo = new Undo();
        undo.with("undo the first", () -> happened.add("first"));
        undo.with("fail", () -> {
            throw new IllegalStateException("on purpose");
        });
        undo.with("fail for want of a class", () -> {
            throw new NoClassDefFoundError("on purpose");
        });
        undo.with("undo the last", () -> happened.add("last"));

        undo.run();
        undo.run();

        assertThat(happened).containsExactly("last", "first");
    }

    @Test
    void allClassesThatTheEndNeedsAreLoadedAtTheStart() {
        assertThat(OwnClasses.load(Running.class)).isGreaterThan(50);
    }

    private Running start() {
        return Running.start(config(), Surroundings.here(), meters, Clock.systemUTC());
    }

    private CertrailConfig config() {
        return CertrailConfig.read(
                FakeConfig.with("certrail.trail.folder", folder.toString(), "certrail.durability", "none"));
    }

    private ServerAdapter adapter(Running running) {
        return new ServerAdapter() {
            @Override
            public String server() {
                return "Test";
            }

            @Override
            public List<InetSocketAddress> tlsListeners() {
                return List.of(InetSocketAddress.createUnresolved("listener.example", 8443));
            }

            @Override
            public void close() {
                happened.add(
                        running.recorder().status().isWriting()
                                ? "hooks out while the trail is open"
                                : "hooks out too late");
            }
        };
    }

    private static void record(Running running) {
        running.recorder()
                .record(new InvocationEvent(
                        running.recorder().now(), Outcome.SUCCESS, 1, null, "f", null, null, List.of(), null));
    }

    private List<String> names() throws IOException {
        return lines().stream()
                .map(NAME::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> segments = Files.list(folder.resolve("entries"))) {
            for (Path segment : segments.sorted().toList()) {
                lines.addAll(Files.readAllLines(segment));
            }
        }
        return lines;
    }

    private static List<Thread> writers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("certrail-trail-writer"))
                .toList();
    }
}
