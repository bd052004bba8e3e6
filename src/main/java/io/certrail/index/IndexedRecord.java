package io.certrail.index;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of a record.
 *
 * @param offset of the line in its segment, in bytes
 * @param time when the thing recorded ended
 * @param event {@code event.name}
 * @param outcome {@code event.outcome}
 * @param reason {@code error.type}
 * @param address the client's, numeric
 * @param status of the answer, -1 if there is none
 * @param certificate that was presented
 * @param details {@code audit.details}: what the trail tells about itself; of all other records nothing
 */
public record IndexedRecord(
        long sequence,
        long offset,
        Instant time,
        String event,
        String outcome,
        @Nullable String reason,
        @Nullable String connection,
        @Nullable String address,
        @Nullable PresentedCertificate certificate,
        @Nullable String request,
        @Nullable String trace,
        @Nullable String route,
        int status,
        @Nullable String user,
        Map<String, String> details) {
    static final String HANDSHAKE = "tls.handshake";
    static final String REQUEST = "http.request";
    /** Records were lost. */
    public static final String GAP = "audit.gap";
    /** Retention deleted a segment. */
    public static final String RETIRED = "audit.retired";
    /** Failures of one source are told together. */
    static final String FLOOD = "audit.flood";

    public IndexedRecord {
        details = Map.copyOf(details);
    }

    boolean failed() {
        return outcome.equals("failure");
    }
}
