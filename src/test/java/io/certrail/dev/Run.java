package io.certrail.dev;

import io.certrail.dev.pki.DevelopmentPki;
import io.certrail.dev.pki.PkiException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The main class of {@code mvn -Prun}: starts the server, says what to try, and stops it on Ctrl-C. It runs in Maven's own
 * JVM, so that Maven waits for the server's end and ends well itself.
 */
public final class Run {
    /** Exit codes of a JVM that such a signal ended; a terminal's Ctrl-C may end the server before we hear of it. */
    private static final int SIGINT = 130;

    private static final int SIGTERM = 143;

    private static final Duration TICK = Duration.ofSeconds(5);

    private final RunOptions options;
    private final PrintStream out;
    private final CompletableFuture<Void> stopAsked = new CompletableFuture<>();
    private final AtomicInteger signals = new AtomicInteger();

    private Run(RunOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * @param arguments the project's folder, its build folder, and the server: {@code payara-micro} or {@code payara-server}
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        try {
            var options = RunOptions.of(
                    Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], strings(System.getProperties()));
            new Run(options, out).run();
        } catch (StartException | PkiException | InterruptedException e) {
            out.println("certrail: " + e.getMessage());
            out.flush();
            System.exit(1);
        }
    }

    private static Map<String, String> strings(Properties properties) {
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, key -> properties.getProperty(key, "")));
    }

    private void run() throws StartException, PkiException, InterruptedException {
        var taken = new StopSignals(this::askToStop);
        try {
            DevelopmentPki.provide(options.pki(), Clock.systemUTC()).forEach(this::say);
            var server = options.server();
            say("starting " + server.product().title() + " with mutual TLS on 127.0.0.1:" + options.httpsPort()
                    + ", trail in " + options.trail());
            serve(Server.launch(server, line -> out.println("  server: " + printable(line))));
        } finally {
            taken.giveBack();
        }
    }

    private void serve(Server server) throws StartException {
        try {
            stopAsked.thenRun(() -> CompletableFuture.runAsync(server::stop));
            awaitReady(server);
            say("ready after " + server.startupTime().toMillis() + " ms, process " + server.pid());
            out.println(new Advice(Path.of("").toAbsolutePath(), options).text());
            say("Ctrl-C stops it");
            int code = server.onExit().get();
            requireAsked(code);
            say("stopped");
        } catch (StartException e) {
            if (!stopAsked.isDone()) {
                throw e;
            }
            say("stopped before it was ready");
        } catch (InterruptedException | ExecutionException e) {
            throw new StartException("stopped: " + e, e);
        } finally {
            server.stop();
        }
    }

    /** Says something now and then: on a busy machine it takes a while. */
    private void awaitReady(Server server) throws StartException, InterruptedException {
        var ticks = new Timer("starting", true);
        long begun = System.nanoTime();
        var tick = new TimerTask() {
            @Override
            public void run() {
                say("  starting since "
                        + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
            }
        };
        ticks.schedule(tick, TICK.toMillis(), TICK.toMillis());
        try {
            server.awaitReady();
        } finally {
            ticks.cancel();
        }
    }

    private void requireAsked(int code) throws StartException {
        if (!stopAsked.isDone() && code != SIGINT && code != SIGTERM) {
            throw new StartException("the server ended by itself with code " + code + ": see "
                    + options.server().log());
        }
    }

    /** On a terminal Ctrl-C reaches the server too; it then stops by itself, and being told so again changes nothing. */
    private void askToStop() {
        if (signals.getAndIncrement() == 0) {
            say("stopping");
            stopAsked.complete(null);
        }
    }

    /** Names from the network stand in the server's log: no control character of theirs reaches the terminal. */
    private static String printable(String line) {
        String safe = line.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return safe.length() > 400 ? safe.substring(0, 400) + "…" : safe;
    }

    private void say(String line) {
        out.println("certrail: " + line);
    }
}
