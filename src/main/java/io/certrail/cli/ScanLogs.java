package io.certrail.cli;

import io.certrail.scan.log.LogFile;
import io.certrail.scan.log.LogSource;
import io.certrail.scan.log.TrailApi;
import io.certrail.scan.log.TrailFolder;
import io.certrail.scan.probe.Client;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server's log is read. */
final class ScanLogs {
    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A file that the server logs to, or the folder of a trail. Repeatable: nginx has two.")
    private final List<Path> files = new ArrayList<>();

    @Option(names = "--trail", paramLabel = "URL", description = "A Certrail whose API is asked for its trail.")
    private @Nullable String trail;

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            description =
                    "What the log's lines look like: certrail, nginx, haproxy, apache, envoy, caddy, tomcat, tracing,"
                            + " text, or a file of your own. Default: the one that fits most lines.")
    private @Nullable String profile;

    @Nullable
    String profile() {
        return profile == null && isTrail() ? "certrail" : profile;
    }

    /** @throws IllegalArgumentException if what is named cannot be judged together; tell the user */
    void check() {
        boolean ofTrail = trail != null || files.stream().anyMatch(TrailFolder::isOne);
        for (Path file : files) {
            if (ofTrail && !TrailFolder.isOne(file)) {
                throw new IllegalArgumentException((trail == null ? "a trail's folder" : "--trail")
                        + " has a Certrail's records, and --log " + file
                        + " is no trail's folder: one profile does not fit both. Scan twice, with one of them each");
            }
        }
    }

    /** Whether all that is read is Certrail's own. */
    boolean isTrail() {
        return trail != null || (!files.isEmpty() && files.stream().allMatch(TrailFolder::isOne));
    }

    /** Files and folders on this machine. */
    List<Path> files() {
        return List.copyOf(files);
    }

    List<LogSource> sources(ScanClients clients, Output output) throws IOException {
        List<LogSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(TrailFolder.isOne(file) ? new TrailFolder(file) : new LogFile(file));
        }
        try {
            if (trail != null) {
                sources.add(new TrailApi(URI.create(trail), Client.context(clients.auditor(), clients.trust())));
            }
        } catch (IllegalArgumentException e) {
            throw output.usage(String.valueOf(e.getMessage()));
        }
        if (sources.isEmpty()) {
            throw output.usage("Where is the log? Name a file with --log, or a Certrail with --trail.");
        }
        return sources;
    }
}
