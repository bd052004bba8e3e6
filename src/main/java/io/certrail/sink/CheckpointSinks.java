package io.certrail.sink;

import io.certrail.tlog.Checkpoint;
import io.certrail.trail.CheckpointListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Brings each checkpoint to places that who administers this server cannot rewrite. Publishing never waits: each target has
 * a thread and a place in which a newer checkpoint supersedes one that waits. Safe for use by any thread.
 */
public final class CheckpointSinks implements CheckpointListener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Latest<PublishedCheckpoint>> feeds = new ArrayList<>();
    private final List<Delivery<PublishedCheckpoint>> deliveries = new ArrayList<>();
    private final List<SinkKind> kinds = new ArrayList<>();

    private CheckpointSinks() {}

    /**
     * Begins to deliver.
     *
     * @param trail the trail's folder, in which cosignatures are kept
     * @throws IOException if the options name a file that cannot be used; the message says which
     */
    public static CheckpointSinks start(
            SinkOptions options, Path trail, ConsistencySource proofs, DeliveryMeter meter, Clock clock)
            throws IOException {
        return start(options, trail, proofs, meter, clock, Backoff.USUAL);
    }

    static CheckpointSinks start(
            SinkOptions options,
            Path trail,
            ConsistencySource proofs,
            DeliveryMeter meter,
            Clock clock,
            Backoff backoff)
            throws IOException {
        CheckpointSinks sinks = new CheckpointSinks();
        if (options.targets().isEmpty()) {
            return sinks;
        }
        options.checkOutside(trail);
        SSLContext tls = options.tls().context();
        for (Target target : options.targets()) {
            Sink<PublishedCheckpoint> sink = sink(target, tls, options.timeout(), trail, proofs, clock);
            sinks.add(sink, backoff, options.pace(), meter);
        }
        return sinks;
    }

    private void add(Sink<PublishedCheckpoint> sink, Backoff backoff, Duration pace, DeliveryMeter meter) {
        SinkKind kind = sink.kind();
        Latest<PublishedCheckpoint> feed = new Latest<>(() -> meter.superseded(kind));
        kinds.add(kind);
        feeds.add(feed);
        deliveries.add(Delivery.start(feed, sink, backoff, pace, meter));
    }

    private static Sink<PublishedCheckpoint> sink(
            Target target, SSLContext tls, Duration timeout, Path trail, ConsistencySource proofs, Clock clock) {
        if (target instanceof Target.File file) {
            return new FileSink(file.path());
        }
        if (target instanceof Target.Syslog syslog) {
            SyslogMessage message =
                    new SyslogMessage(hostName(), ProcessHandle.current().pid());
            return new SyslogSink(syslog, tls, message, timeout, clock);
        }
        if (target instanceof Target.Witness witness) {
            Cosignatures kept = new Cosignatures(witness.key(), trail);
            return new WitnessSink(witness, tls, proofs, kept, timeout);
        }
        return new StdoutSink(clock);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "-"; // RFC 5424 section 6.2.4
        }
    }

    /** Takes a checkpoint for every target, and waits for none. */
    @Override
    public void published(Checkpoint checkpoint, byte[] note) {
        PublishedCheckpoint published = PublishedCheckpoint.of(checkpoint, note);
        feeds.forEach(feed -> feed.put(published));
    }

    /** For how long the oldest checkpoint of a kind's targets has been waiting; zero if none does, or there is no target. */
    public Duration waitingFor(SinkKind kind) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < kinds.size(); i++) {
            Duration each = kinds.get(i) == kind ? feeds.get(i).waitingFor() : Duration.ZERO;
            longest = each.compareTo(longest) > 0 ? each : longest;
        }
        return longest;
    }

    /** Delivers what waits, for a few seconds at most, and ends. */
    @Override
    public void close() {
        deliveries.forEach(Delivery::finish);
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Delivery<PublishedCheckpoint> delivery : deliveries) {
            delivery.close(Duration.ofNanos(Math.max(end - System.nanoTime(), 0)));
        }
    }
}
