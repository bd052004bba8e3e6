package io.certrail.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;

/** A Payara Micro process of its own with one variant's application behind mutual TLS on 127.0.0.1. */
final class MicroServer implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    /** What is running, to end it with this process however that ends. */
    private static final Collection<Process> RUNNING = new ConcurrentLinkedQueue<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Variant variant;
    private final Path home;
    private final int port;
    private final Process process;
    private final Duration startup;
    private final TlsClient client;
    private long requests;

    private MicroServer(Variant variant, Path home, int port, Process process, TlsClient client)
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
    static MicroServer start(Variant variant, String name, Path directory, Path pki, TlsClient client)
            throws IOException, InterruptedException {
        Path home = directory.resolve("servers").resolve(name);
        Folders.delete(home);
        Files.createDirectories(home.resolve("tmp"));
        variant.war(home.resolve("bench.war"));
        int port = freePort();
        Files.writeString(home.resolve("preboot.txt"), preboot());
        Process process = new ProcessBuilder(command(variant, home, directory, pki, port))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        RUNNING.add(process);
        return new MicroServer(variant, home, port, process, client);
    }

    private static List<String> command(Variant variant, Path home, Path directory, Path pki, int port)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                // of one size from the start: else each process finds one of its own, and with it its share of
                // collections
                "-Xms" + Settings.text("bench.heap", "512m"),
                "-Xmx" + Settings.text("bench.heap", "512m"),
                "-XX:NewSize=" + Settings.text("bench.young", "256m"),
                "-XX:MaxNewSize=" + Settings.text("bench.young", "256m"),
                "-Djava.io.tmpdir=" + home.resolve("tmp")));
        for (String store : List.of("keyStore:server.p12", "trustStore:truststore.p12")) {
            String[] parts = store.split(":");
            command.add("-Djavax.net.ssl." + parts[0] + "=" + pki.resolve(parts[1]));
            command.add("-Djavax.net.ssl." + parts[0] + "Type=PKCS12");
            command.add("-Djavax.net.ssl." + parts[0] + "Password=" + BenchPki.PASSWORD);
        }
        command.addAll(variant.properties(home));
        command.addAll(List.of("-jar", directory.resolve("payara-micro.jar").toString()));
        command.addAll(List.of("--nocluster", "--disablephonehome"));
        command.addAll(List.of("--port", Integer.toString(freePort()), "--sslport", Integer.toString(port)));
        command.addAll(
                List.of("--prebootcommandfile", home.resolve("preboot.txt").toString()));
        command.addAll(List.of("--deploy", home.resolve("bench.war").toString(), "--contextroot", "/"));
        return command;
    }

    /** Mutual TLS on the HTTPS listener only, and connections that are kept however many requests they carry. */
    private static String preboot() {
        String listener = "set configs.config.server-config.network-config.network-listeners.network-listener.";
        String https = "set configs.config.server-config.network-config.protocols.protocol.https-listener.";
        return String.join(
                "\n",
                listener + "https-listener.address=" + HOST,
                listener + "http-listener.enabled=false",
                https + "ssl.client-auth=need",
                https + "ssl.tls13-enabled=true",
                https + "http.max-connections=-1",
                "set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false",
                "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
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
            boolean ok = connection.get() == 200; // before the application is there it is a 404
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
        RUNNING.remove(process);
    }
}
