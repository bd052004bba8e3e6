package io.certrail.metrics;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.InvocationEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import io.certrail.sink.SinkKind;
import io.certrail.trail.CheckpointStatus;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something of everything that is measured. */
final class Happenings {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RecordMeters records;
    private final TrailMeters trail;
    private final CheckpointMeters checkpoints;

    private final SinkMeters sinks;

    private Happenings(RecordMeters records, TrailMeters trail, CheckpointMeters checkpoints, SinkMeters sinks) {
        this.records = records;
        this.trail = trail;
        this.checkpoints = checkpoints;
        this.sinks = sinks;
    }

    /** Begins to measure as an application's start does. */
    static Happenings begin(Meters meters) {
        Happenings happenings = new Happenings(
                new RecordMeters(meters),
                new TrailMeters(meters),
                new CheckpointMeters(meters),
                new SinkMeters(meters));
        SinkMeters.show(meters, kind -> Duration.ofSeconds(kind.ordinal()));
        TrailMeters.show(
                meters, () -> new TrailCounts(12, 6, 1, 2, 3), () -> new TrailStatus.Failing(NOW, "disk full"));
        CheckpointMeters.show(meters, () -> Optional.of(new CheckpointStatus(7, NOW, 1)), () -> NOW.plusMillis(5900));
        return happenings;
    }

    void happen() {
        for (Reason reason : Reason.values()) {
            records.recorded(handshake(Outcome.FAILURE, Fault.of(reason), null, reason.ordinal() * 700_000L));
            records.recorded(request(400 + reason.ordinal(), Fault.of(reason), RefusedBy.CONTAINER));
        }
        records.recorded(handshake(Outcome.FAILURE, Fault.clientAlert("unknown_ca", null), null, 1_000_000));
        for (int days : new int[] {0, 1, 10, 14, 400, 5000}) {
            records.recorded(handshake(Outcome.SUCCESS, null, certificate(days), 2_000_000));
        }
        records.recorded(request(200, null, null));
        records.recorded(request(500, new Fault("com.example.Broken", null), null));
        records.recorded(new InvocationEvent(NOW, Outcome.FAILURE, 1, null, "f", null, null, List.of(), null));
        records.requestRefused();
        records.hookFailed();
        records.connectionOpened();
        records.requestOpened();
        trail.appended(3, 900, 24_999);
        trail.appended(3, 100, 25_000);
        trail.appended(3, 1000, 25_001);
        trail.forced(60_000_000_000L);
        trail.failed();
        trail.logFailed();
        sinks.delivered(SinkKind.FILE);
        sinks.failed(SinkKind.SYSLOG);
        sinks.superseded(SinkKind.SYSLOG);
        checkpoints.published(900_000);
        checkpoints.failed();
    }

    private static HandshakeEvent handshake(Outcome outcome, Fault fault, CertificateFacts certificate, long nanos) {
        TlsFacts tls = new TlsFacts("1.3", null, null, null, true, null, null, null, certificate);
        ConnectionFacts connection = new ConnectionFacts("c", Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, tls);
        return new HandshakeEvent(NOW, outcome, nanos, fault, connection);
    }

    private static CertificateFacts certificate(int days) {
        Instant end = NOW.plus(Duration.ofDays(days));
        return new CertificateFacts("", "", "1", "00", NOW, end, List.of(), 0, null, List.of(), true);
    }

    private static RequestEvent request(int status, Fault fault, RefusedBy by) {
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/", "1.1", null, null, null);
        Outcome outcome = fault == null ? Outcome.SUCCESS : Outcome.FAILURE;
        return new RequestEvent(
                RequestEvent.ENDED, NOW, outcome, 5, fault, null, facts, null, status, -1, -1, null, List.of(), by);
    }
}
