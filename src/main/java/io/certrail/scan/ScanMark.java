package io.certrail.scan;

import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.probe.Client;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A mark in the trail of the Certrail that was scanned, so that whoever reads it later can tell probes from attacks: an
 * event that the good client posts from the same address, with the time in which the probes were made.
 */
public final class ScanMark {
    /** The event's {@code app.action}. */
    public static final String ACTION = "certrail.scan";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ScanMark() {}

    /**
     * Posts the mark.
     *
     * @throws IOException if Certrail does not take it; the good client must be one that may post events
     */
    public static void leave(ScanOptions options, ScanReport report) throws IOException, InterruptedException {
        URI uri = URI.create(options.target().url() + "/api/events");
        HttpClient client = HttpClient.newBuilder()
                .sslContext(Client.context(options.credentials(), options.trust()))
                .connectTimeout(PATIENCE)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event(report)))
                .build();
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new IOException(uri + " answered " + status + ": --mark needs a client that may post events");
        }
    }

    private static String event(ScanReport report) {
        return Json.createObjectBuilder()
                .add("action", ACTION)
                .add("message", "a scan from this address: refusals between from and to are its probes")
                .add(
                        "attributes",
                        Json.createObjectBuilder()
                                .add("from", report.began().toString())
                                .add("to", report.ended().toString())
                                .add(
                                        "probes",
                                        Integer.toString(report.judgements().size()))
                                .add("score", Integer.toString(report.score())))
                .build()
                .toString();
    }
}
