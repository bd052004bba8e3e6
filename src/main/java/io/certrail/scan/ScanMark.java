package io.certrail.scan;

import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.probe.EventPost;
import jakarta.json.Json;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A mark in the trail of the Certrail that was scanned, so that whoever reads it later can tell probes from attacks: an
 * event that the good client posts from the same address, with the time in which the probes were made.
 */
public final class ScanMark {
    /** The event's {@code app.action}. */
    public static final String ACTION = "certrail.scan";

    private static final String EVENTS = "/api/events";

    private ScanMark() {}

    /**
     * Posts the mark.
     *
     * @param path where Certrail takes events; null: as it does at the root
     * @throws IOException if Certrail does not take it; the good client must be one that may post events
     */
    public static void leave(ScanOptions options, ScanReport report, @Nullable String path, Clock clock)
            throws IOException {
        String to = path == null ? EVENTS : path;
        var setting = options.setting(clock);
        int status = EventPost.send(setting, options.credentials(), to, event(report));
        if (status / 100 != 2) {
            throw new IOException(options.target().url() + to + " answered " + status
                    + ": to mark its probes, the good client of a scan must be one that may post events");
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
