package io.certrail.bench;

import io.certrail.dev.Server;
import io.certrail.dev.ServerOptions;
import io.certrail.dev.StartException;
import io.certrail.dev.pki.PkiFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;

/**
 * A server process of its own with one variant's application behind mutual TLS on 127.0.0.1. It ends, in its own orderly
 * way, at the latest with this process.
 */
final class VariantServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final Variant variant;
    private final Path home;
    private final int port;
    private final Process process;
    private final Duration startup;
    private final TlsClient client;
    private long requests;

    private VariantServer(Variant variant, Path home, int port, Process process, TlsClient client)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        this.variant = variant;
        this.home = home;
        this.port = port;
        this.process = process;
        this.client = client;
        awaitAnswer(started + START_TIMEOUT.toNanos());
        this.startup = Duration.ofNanos(System.nanoTime() - started);
    }

    /**
     * Starts a server and waits for its first answer.
     *
     * @param name of its folder, which is emptied
     */
    static VariantServer start(Platform platform, Variant variant, String name, PkiFolder pki, TlsClient client)
            throws IOException, InterruptedException, StartException {
        Path home = platform.directory().resolve("servers").resolve(name);
        Folders.delete(home);
        Files.createDirectories(home.resolve("tmp"));
        Path war = home.resolve("bench.war");
        variant.war(war);
        int port = Platform.freePort();
        ServerOptions options = ServerOptions.of(platform.product(variant), home, pki, port)
                .deploy(war, "/")
                .jvmArguments(jvm(home));
        for (var property : variant.properties(home).entrySet()) {
            options = options.property(property.getKey(), property.getValue());
        }
        Process process = new ProcessBuilder(Server.command(options))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(options.log().toFile())
                .start();
        return new VariantServer(variant, home, port, process, client);
    }

    /** Heaps of one size from the start: else each process finds one of its own, and with it its share of collections. */
    private static List<String> jvm(Path home) {
        String heap = Settings.text("bench.heap", "512m");
        String young = Settings.text("bench.young", "256m");
        return List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:NewSize=" + young,
                "-XX:MaxNewSize=" + young,
                "-Djava.io.tmpdir=" + home.resolve("tmp"));
    }

    private void awaitAnswer(long deadline) throws IOException, InterruptedException {
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(variant.id() + " did not start: see " + home.resolve("server.log"));
            }
            Thread.sleep(20);
        }
    }

    private boolean answers() {
        try (SSLSocket socket = client.connect(HOST, port);
                HttpConnection connection = new HttpConnection(socket, Variant.PATH)) {
            boolean ok = connection.get() == 200; // before the application is there it is 404 or 500
            requests += ok ? 1 : 0;
            connection.finish();
            return ok;
        } catch (IOException notYet) {
            return false;
        }
    }

    Variant variant() {
        return variant;
    }

    /** From the start of the process to its first answer. */
    Duration startup() {
        return startup;
    }

    /** Requests that this server has answered so far. */
    long requests() {
        return requests;
    }

    /** Sends requests for some time and measures what they cost. */
    Window load(int connections, double seconds) throws Exception {
        KeepAliveLoad load = new KeepAliveLoad(client, HOST, port, Variant.PATH, connections);
        long[] cpu = new long[2];
        KeepAliveLoad.Made made = load.seconds(
                seconds,
                Window.UNMEASURED,
                () -> cpu[0] = ProcFile.cpuMicros(pid()),
                () -> cpu[1] = ProcFile.cpuMicros(pid()));
        requests += made.answered() + (long) connections * Window.UNMEASURED;
        if (made.failed() > 0 || !made.statuses().keySet().equals(Set.of(200))) {
            throw new IOException(variant.id() + ": " + made.failed() + " failed, statuses " + made.statuses());
        }
        return Window.of(made, cpu[1] - cpu[0]);
    }

    private long pid() {
        return process.pid();
    }

    /** Resident memory after a full collection, in KiB. */
    long residentAfterGc() throws IOException, InterruptedException {
        String jcmd = System.getProperty("java.home") + File.separator + "bin" + File.separator + "jcmd";
        for (int i = 0; i < 2; i++) {
            new ProcessBuilder(jcmd, Long.toString(pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return ProcFile.residentKib(pid());
    }

    /** How many requests are on record once it has stopped, or -1 where nobody kept any. */
    long records() throws IOException {
        return variant.records(home);
    }

    /** Stops the server; its log stays, the records go. */
    @Override
    public void close() throws IOException {
        stop();
        Folders.delete(home.resolve("trail"));
        Files.deleteIfExists(home.resolve("naive.log"));
    }

    /** Stops the server in order, so that what it has queued is written. */
    void stop() {
        process.destroy();
        try {
            process.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            System.out.printf("%s did not stop in order: ended by force%n", variant.id());
            process.destroyForcibly().onExit().join();
        }
    }
}
