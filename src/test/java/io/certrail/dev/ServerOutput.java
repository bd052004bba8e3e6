package io.certrail.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/**
 * What the server prints, line by line: all of it goes to the log, warnings and errors to a listener too, and it tells
 * what has been deployed and when the server is ready. Connecting to find that out would leave a record in the trail.
 *
 * <p>{@link #copy} is run by one thread; the rest may be asked by any.
 */
final class ServerOutput {
    private static final String CONTINUED = "[[";

    private final Speech speech;
    private final Writer log;
    private final Consumer<String> trouble;
    private final Set<String> deployed = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private String untold = "";
    private boolean continued;
    private volatile boolean logging;
    private volatile String beforeLogging = "";

    ServerOutput(Speech speech, Writer log, Consumer<String> trouble) {
        this.speech = speech;
        this.log = log;
        this.trouble = trouble;
    }

    /** Reads until the end; then a server that is not ready will never be. */
    void copy(BufferedReader from) {
        try (log) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                log.write(line);
                log.write(System.lineSeparator());
                log.flush();
                read(line);
            }
        } catch (IOException e) {
            trouble.accept("the server's log cannot be written: " + e);
        } finally {
            ready.cancel(false);
        }
    }

    private void read(String line) {
        Matcher named = speech.deployed().matcher(line);
        if (named.find()) {
            deployed.add(named.group(1));
        }
        Matcher record = speech.record().matcher(line);
        if (record.matches()) {
            begin(record.group(1), record.group(2), record.group(3));
        } else if (continued && !line.isBlank()) {
            continued = false;
            hear(line.strip().replaceFirst("]]$", ""));
        } else if (!logging && beforeLogging.isEmpty()) {
            beforeLogging = line.strip();
        }
    }

    private void begin(String level, String logger, String text) {
        logging = true;
        boolean bad =
                level.equals("WARN") || level.equals("WARNING") || level.equals("SEVERE") || level.equals("ERROR");
        untold = bad ? level + " " + logger + ": " : "";
        continued = text.equals(CONTINUED);
        if (!continued) {
            hear(text);
        }
    }

    private void hear(String text) {
        if (speech.ready().matcher(text).find()) {
            ready.complete(null);
        }
        if (speech.failed().matcher(text).find()) {
            ready.completeExceptionally(new StartException("the server started with errors"));
        }
        if (!untold.isEmpty()) {
            tell(untold + text);
        }
    }

    /** Of a record of many lines (a stack trace) the first says enough; the log has the rest. */
    private void tell(String line) {
        untold = "";
        trouble.accept(line);
    }

    /** Completes when the server says that it is ready; is cancelled if the output ends before. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** What a JVM that cannot even start says, in one line; else empty. */
    String complaint() {
        return logging ? "" : beforeLogging;
    }

    boolean isDeployed(String name) {
        return deployed.contains(name);
    }
}
