package io.certrail.verify;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import io.certrail.recorder.Durability;
import io.certrail.recorder.FailurePolicy;
import io.certrail.recorder.FloodOptions;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RecorderOptions;
import io.certrail.recorder.RequestInFlight;
import io.certrail.recorder.ServedAlways;
import io.certrail.recorder.TrailChronicle;
import io.certrail.trail.CheckpointMeter;
import io.certrail.trail.CheckpointOptions;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.Retention;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailMeter;
import io.certrail.trail.TrailOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Trails as the product writes them, for tests: by the real recorder and the real writer. */
public final class SampleTrail {
    private static final int MAX_QUEUED = 10_000;
    /** Of all of them. */
    public static final String ORIGIN = "sample.example/log";

    private SampleTrail() {}

    /** Lets a recorder live once: so many connections, each with three requests, some refused. */
    public static void live(Path folder, int connections) throws IOException {
        live(folder, connections, 60_000, Retention.ALL, Durability.NONE);
    }

    public static void live(Path folder, int connections, long segmentBytes, Retention retention, Durability durability)
            throws IOException {
        String boot = Recorder.newBootId();
        try (Trail trail = open(folder, boot, segmentBytes, retention)) {
            record(trail, boot, connections, durability);
        }
    }

    public static Trail open(Path folder, String boot, long segmentBytes, Retention retention) throws IOException {
        return open(folder, boot, segmentBytes, retention, Clock.systemUTC());
    }

    public static Trail open(Path folder, String boot, long segmentBytes, Retention retention, Clock clock)
            throws IOException {
        TrailOptions plain = TrailOptions.of(folder);
        TrailOptions options = new TrailOptions(
                folder,
                segmentBytes,
                plain.segmentAge(),
                plain.queueRecords(),
                plain.queueBytes(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(20),
                retention,
                plain.walBytes());
        CheckpointOptions checkpoints = new CheckpointOptions(Duration.ofMillis(5), Duration.ofHours(1), null, ORIGIN);
        Checkpointing how = new Checkpointing(checkpoints, boot, (checkpoint, note) -> {}, CheckpointMeter.NONE);
        return Trail.open(
                options, TrailFiles.onDisk(), clock, new TrailChronicle(boot, List.of()), TrailMeter.NONE, how);
    }

    public static void record(Trail trail, String boot, int connections, Durability durability) {
        Recorder recorder = recorder(trail, boot, durability, FloodOptions.UNLIMITED, Clock.systemUTC());
        for (int i = 0; i < connections; i++) {
            connection(recorder, i);
            awaitRoom(trail);
        }
    }

    /** Nothing is to be lost, however slow the disk. */
    private static void awaitRoom(Trail trail) {
        while (trail.counts().queued() > MAX_QUEUED) {
            Thread.onSpinWait();
        }
    }

    public static Recorder recorder(Trail trail, String boot, Durability durability, FloodOptions flood, Clock clock) {
        RecorderOptions options =
                new RecorderOptions(durability, FailurePolicy.CONTINUE, Duration.ofSeconds(20), ServedAlways.NONE);
        return new Recorder(options, flood, trail, clock, boot);
    }

    /** A request of a connection that has no handshake on record, which is answered and not closed. */
    static RequestInFlight request(Recorder recorder, int i) {
        RequestFacts asked = new RequestFacts("alone-" + i, "client", "GET", "/orders", "1.1", "curl/8", null, null);
        RequestInFlight request = recorder.open(asked, null, System.nanoTime());
        request.status(200);
        return request;
    }

    /** The i-th connection: a handshake and three requests, or a handshake that is refused. */
    public static void connection(Recorder recorder, int i) {
        boolean good = i % 5 != 4;
        TlsFacts tls = new TlsFacts("1.3", "TLS_AES_256_GCM_SHA384", null, null, good, null, null, null, null);
        ConnectionFacts facts = new ConnectionFacts(
                recorder.nextConnectionId(),
                new Endpoint("192.0.2." + i % 250, 40_000 + i % 1000),
                new Endpoint("198.51.100.1", 8443),
                "shop.example",
                tls);
        Outcome outcome = good ? Outcome.SUCCESS : Outcome.FAILURE;
        Fault fault = good ? null : Fault.of(Reason.UNKNOWN_CA, "no \"trust\" in CN=\u202Eevil\\");
        recorder.record(new HandshakeEvent(recorder.now(), outcome, 1_000_000, fault, facts));
        for (int r = 0; good && r < 3; r++) {
            RequestFacts asked = new RequestFacts(
                    "request-" + i + "-" + r, "client", "GET", "/orders/" + r, "1.1", "curl/8", null, null);
            RequestInFlight request = recorder.open(asked, facts, System.nanoTime());
            recorder.recordReceived(request);
            request.status(200);
            request.close();
        }
    }
}
