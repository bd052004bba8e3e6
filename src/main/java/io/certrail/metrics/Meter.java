package io.certrail.metrics;

import org.jspecify.annotations.Nullable;

/** What is measured: names after Prometheus' conventions (base units, {@code _total} for counts), and what they mean. */
public enum Meter {
    HANDSHAKES("certrail_handshakes_total", "TLS handshakes by outcome and reason"),
    HANDSHAKE_DURATION(
            "certrail_handshake_duration_seconds", "First byte to verdict of TLS handshakes", Bounds.ANSWERS),
    CERTIFICATE_LIFETIME(
            "certrail_client_certificate_lifetime_seconds",
            "Remaining lifetime of the client certificates that were accepted, at their handshake",
            Bounds.LIFETIMES),
    CONNECTIONS_OPEN("certrail_connections_open", "Connections to TLS listeners that are open"),
    REQUESTS("certrail_requests_total", "Requests by outcome, reason and class of status"),
    REQUEST_DURATION(
            "certrail_request_duration_seconds", "First byte of the head to last byte of the answer", Bounds.ANSWERS),
    REQUESTS_OPEN("certrail_requests_open", "Requests that are not yet answered"),
    REFUSALS("certrail_refusals_total", "Handshakes and requests that were refused, by who refused them"),
    REQUESTS_REFUSED("certrail_requests_refused_total", "Requests answered 503 because the trail cannot be written"),
    INVOCATIONS("certrail_invocations_total", "Calls of audited methods by outcome"),
    POSTED_EVENTS("certrail_posted_events_total", "Application events posted by other services, by outcome"),
    HOOK_ERRORS("certrail_hook_errors_total", "Failures of Certrail's own hooks; what they watched went on"),
    RECORDS_SEEN("certrail_trail_records_seen_total", "Records since the start: recorded, lost, coalesced and queued"),
    RECORDS_RECORDED("certrail_trail_records_recorded_total", "Records that are on disk"),
    RECORDS_LOST("certrail_trail_records_lost_total", "Records that were lost, as the trail tells in audit.gap"),
    RECORDS_COALESCED(
            "certrail_trail_records_coalesced_total", "Failures of a flood that are told together, in audit.flood"),
    QUEUE("certrail_trail_queue_records", "Records that are neither on disk nor lost yet"),
    WRITING("certrail_trail_writing", "1 while the trail can be written, else 0"),
    WRITTEN_BYTES("certrail_trail_written_bytes_total", "Bytes appended to the trail"),
    APPEND("certrail_trail_append_duration_seconds", "Time that the writing of a batch takes", Bounds.WRITES),
    FORCE("certrail_trail_force_duration_seconds", "Time until what was written is on disk", Bounds.WRITES),
    WRITE_FAILURES("certrail_trail_write_failures_total", "Attempts to write or force that failed"),
    WAL_FAILURES(
            "certrail_trail_wal_failures_total",
            "Times that the write-ahead log could not be used; records were forced into their files instead"),
    CHECKPOINT_SIZE("certrail_checkpoint_size_records", "Records that the last signed checkpoint holds"),
    CHECKPOINT_AGE(
            "certrail_checkpoint_age_seconds", "Since the last signed checkpoint; grows while there is nothing new"),
    CHECKPOINT_LAG("certrail_checkpoint_lag_records", "Records that are on disk and in no signed checkpoint yet"),
    CHECKPOINT_DURATION(
            "certrail_checkpoint_duration_seconds", "Time from tree to signed checkpoint on disk", Bounds.WRITES),
    CHECKPOINT_FAILURES(
            "certrail_checkpoint_failures_total", "Attempts to go on with tree and checkpoints that failed"),
    CHECKPOINTS_DELIVERED(
            "certrail_checkpoints_delivered_total", "Checkpoints that a place outside has, by the kind of place"),
    CHECKPOINT_DELIVERIES_FAILED(
            "certrail_checkpoint_deliveries_failed_total",
            "Attempts to deliver a checkpoint that failed, by the kind of place"),
    CHECKPOINTS_SUPERSEDED(
            "certrail_checkpoints_superseded_total",
            "Checkpoints not delivered because a newer one says all that they did, by the kind of place"),
    CHECKPOINT_WAITING(
            "certrail_checkpoint_waiting_seconds",
            "How long a checkpoint has been waiting to be delivered, 0 if none does");

    private static final String GROWS = "_total";

    private final String id;
    private final String help;
    private final @Nullable Bounds bounds;

    Meter(String id, String help) {
        this(id, help, null);
    }

    Meter(String id, String help, @Nullable Bounds bounds) {
        this.id = id;
        this.help = help;
        this.bounds = bounds;
    }

    /** The name of its series; that of a histogram without {@code _bucket}, {@code _sum}, {@code _count}. */
    public String id() {
        return id;
    }

    /** What it means, in one line. */
    public String help() {
        return help;
    }

    /** Its type as Prometheus names it: {@code counter}, {@code gauge} or {@code histogram}. */
    public String type() {
        if (bounds != null) {
            return "histogram";
        }
        return grows() ? "counter" : "gauge";
    }

    /** Whether it only grows. */
    boolean grows() {
        return id.endsWith(GROWS);
    }

    /**
     * The bounds of a histogram.
     *
     * @throws IllegalStateException if it is none
     */
    Bounds bounds() {
        if (bounds == null) {
            throw new IllegalStateException("no histogram: " + id);
        }
        return bounds;
    }
}
