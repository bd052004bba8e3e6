package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** An embedded server in a process of its own, with the agent and the embed jar: one of {@code src/test/agent}. */
final class AgentProcess implements AutoCloseable {
    private static final Path SOURCES = Path.of(System.getProperty("certrail.it.project", ""))
            .resolve("src/test/agent")
            .toAbsolutePath();
    private static final long START_SECONDS = 90;

    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param server the name of its class
     * @param more arguments besides PKI and port
     * @throws IOException if it does not start, with what it said
     */
    static AgentProcess start(String server, Path folder, Path pki, int port, String hookOptions, String... more)
            throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String libraries = libraries();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        libraries,
                        SOURCES.resolve(server + ".java").toString());
        assertThat(compiled).isZero();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(Site.BRIEF);
        command.add("-javaagent:" + Site.built("certrail-hook.jar") + "=" + hookOptions);
        command.add("-Dcertrail.trail.folder=" + folder.resolve("trail"));
        command.addAll(List.of("-cp", classes + File.pathSeparator + libraries));
        command.addAll(List.of(server, pki.toString(), Integer.toString(port)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        AgentProcess started = new AgentProcess(process);
        started.awaitReady(folder);
        return started;
    }

    private static String libraries() throws IOException {
        try (Stream<Path> jars = Files.list(Site.built("agent"))) {
            return Stream.concat(jars, Stream.of(Site.built("certrail-embed.jar")))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void awaitReady(Path folder) throws IOException {
        BufferedReader out = process.inputReader();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        for (String line = out.readLine(); line != null && System.nanoTime() < end; line = out.readLine()) {
            if (line.equals("ready")) {
                return;
            }
        }
        close();
        throw new IOException("the server did not start: " + Files.readString(folder.resolve("server.log")));
    }

    /** Lets it stop, as the end of its standard input does. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
