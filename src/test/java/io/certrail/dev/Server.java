package io.certrail.dev;

import io.certrail.dev.ServerOptions.Deployment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A running server: a process of its own that ends, in its own orderly way, at the latest with the process that started
 * it. All methods may be called by any thread.
 */
public final class Server implements AutoCloseable {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final ServerOptions options;
    private final Process process;
    private final ServerOutput output;
    private final FolderLock lock;
    private final long begun = System.nanoTime();
    private volatile Duration startupTime = Duration.ZERO;

    private Server(ServerOptions options, Process process, ServerOutput output, FolderLock lock) {
        this.options = options;
        this.process = process;
        this.output = output;
        this.lock = lock;
    }

    /**
     * Starts a server and waits until it is ready and has deployed what it should. An interrupt while waiting stops it.
     *
     * @param trouble is told the server's warnings and errors, each as one line, by a thread of its own
     * @throws StartException if it does not get so far; nothing is left running
     */
    public static Server start(ServerOptions options, Consumer<String> trouble)
            throws StartException, InterruptedException {
        var server = launch(options, trouble);
        try {
            server.awaitReady();
            return server;
        } catch (StartException | InterruptedException e) {
            server.stop();
            throw e;
        }
    }

    /** Starts a server without waiting; {@link #awaitReady} is the rest. */
    static Server launch(ServerOptions options, Consumer<String> trouble) throws StartException, InterruptedException {
        try {
            for (int port : options.ports()) {
                requireFree(options.address(), port);
            }
            var lock = FolderLock.take(options.work());
            try {
                return launch(options, trouble, lock);
            } catch (IOException | StartException | InterruptedException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StartException("cannot start the server in " + options.work() + ": " + e, e);
        }
    }

    /**
     * The words of the command that starts such a server, for those who start it themselves; its folder is prepared.
     *
     * @throws StartException if the PKI cannot be used, or the folder cannot be written
     */
    public static List<String> command(ServerOptions options) throws StartException, InterruptedException {
        try {
            Path watch = options.work().resolve("parent-watch.jar");
            Files.createDirectories(options.work());
            ParentWatch.pack(watch);
            return options.product().command(options, watch);
        } catch (IOException e) {
            throw new StartException("cannot start the server in " + options.work() + ": " + e, e);
        }
    }

    private static Server launch(ServerOptions options, Consumer<String> trouble, FolderLock lock)
            throws IOException, StartException, InterruptedException {
        List<String> command = command(options);
        var output = new ServerOutput(options.product().speech(), Files.newBufferedWriter(options.log()), trouble);
        var process = new ProcessBuilder(command)
                .directory(options.work().toFile())
                .redirectErrorStream(true)
                .start();
        process.onExit().thenRun(() -> release(lock));
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var reader = new Thread(() -> output.copy(lines), "server-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        return new Server(options, process, output, lock);
    }

    private static void release(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // The operating system lets go of it with this JVM.
        }
    }

    private static void requireFree(String address, int port) throws StartException {
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
        } catch (IOException e) {
            throw new StartException(
                    address + ":" + port + " cannot be listened on (" + e.getMessage()
                            + "): stop what uses it, or choose another port with -Dhttps.port=9443 (-Dadmin.port=...)",
                    e);
        }
    }

    void awaitReady() throws StartException, InterruptedException {
        try {
            output.ready().get(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS);
            startupTime = Duration.ofNanos(System.nanoTime() - begun);
        } catch (ExecutionException e) {
            throw new StartException("the server started with errors: see " + options.log(), e);
        } catch (CancellationException e) {
            String complaint = output.complaint();
            String why = complaint.isEmpty() ? "" : " (" + complaint + ")";
            throw new StartException("the server ended before it was ready" + why + ": see " + options.log(), e);
        } catch (TimeoutException e) {
            throw new StartException(
                    "the server is not ready after " + options.startTimeout().toSeconds() + " s: see " + options.log(),
                    e);
        }
        for (Deployment deployment : options.deployments()) {
            if (!output.isDeployed(deployment.name())) {
                throw new StartException(deployment.war() + " could not be deployed: see " + options.log());
            }
        }
    }

    /** From the start of the process until it said that it is ready. */
    public Duration startupTime() {
        return startupTime;
    }

    public ServerOptions options() {
        return options;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the server has ended, however that came about. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Lets the server stop: it answers what is running, undeploys, and ends; after 30 s it is killed.
     *
     * @return whether it ended by itself
     */
    public boolean stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It does not listen any more: it is stopping already, or dead.
        }
        boolean ended = awaitExit(STOP_TIMEOUT);
        if (!ended) {
            kill();
        }
        release(lock);
        return ended;
    }

    /** Ends the server as a crash would: at once, nothing is written any more. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(STOP_TIMEOUT);
        release(lock);
    }

    private boolean awaitExit(Duration atMost) {
        boolean interrupted = false;
        long end = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
