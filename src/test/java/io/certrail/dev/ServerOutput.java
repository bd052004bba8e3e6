package io.certrail.dev;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server prints, line by line: all of it goes to the log, warnings and errors to a listener too, and it tells
 * what has been deployed and when the server is ready. Connecting to find that out would leave a record in the trail.
 *
 * <p>{@link #copy} is run by one thread; the rest may be asked by any.
 */
final class ServerOutput {
    /** ODL: [time] [version] [level] [message id] [logger] [tid] [timeMillis] [levelValue] text, or [[ and more lines. */
    private static final Pattern RECORD =
            Pattern.compile("^\\[\\d{4}-[^]]*] \\[[^]]*] \\[(\\w+)] \\[([^]]*)] \\[([^]]*)]"
                    + " \\[tid: [^]]*] \\[timeMillis: \\d+] \\[levelValue: \\d+] (.*)$");

    private static final Pattern READY = Pattern.compile("Payara Micro .* ready in ([\\d.,\\s]+) \\(ms\\)");
    private static final Pattern DEPLOYED = Pattern.compile("^\\s*\"Name\": \"(.*)\",?$");

    private final Writer log;
    private final Consumer<String> trouble;
    private final Set<String> deployed = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();
    private String untold = "";

    ServerOutput(Writer log, Consumer<String> trouble) {
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
        Matcher named = DEPLOYED.matcher(line);
        if (named.matches()) {
            deployed.add(named.group(1));
        }
        Matcher record = RECORD.matcher(line);
        if (record.matches()) {
            begin(record);
        } else if (!untold.isEmpty() && !line.isBlank()) {
            tell(untold + line.strip());
        }
    }

    private void begin(Matcher record) {
        String text = record.group(4);
        untold = "";
        Matcher time = READY.matcher(text);
        if (time.find()) {
            ready.complete(Duration.ofMillis(Long.parseLong(time.group(1).replaceAll("\\D", ""))));
        }
        if (record.group(1).equals("WARNING") || record.group(1).equals("SEVERE")) {
            untold = record.group(1) + " " + record.group(3) + ": ";
            if (!text.equals("[[")) {
                tell(untold + text);
            }
        }
    }

    /** Of a record of many lines (a stack trace) the first says enough; the log has the rest. */
    private void tell(String line) {
        untold = "";
        trouble.accept(line);
    }

    /** Completes with the time that the server says it took; is cancelled if the output ends before. */
    CompletableFuture<Duration> ready() {
        return ready;
    }

    boolean isDeployed(String name) {
        return deployed.contains(name);
    }
}
