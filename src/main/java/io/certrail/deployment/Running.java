package io.certrail.deployment;

import io.certrail.config.CertrailConfig;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.TrailEvent;
import io.certrail.metrics.Measurements;
import io.certrail.metrics.Meters;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.TrailChronicle;
import io.certrail.scan.selfcheck.OwnServer;
import io.certrail.server.ServerAdapter;
import io.certrail.sink.CheckpointSinks;
import io.certrail.trail.Checkpointing;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailFiles;
import io.certrail.trail.TrailTree;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Certrail at work: trail, recorder, measurements, and the server's hooks once installed. One thread at a time. */
final class Running implements OwnServer, AutoCloseable {
    private static final Logger LOG = System.getLogger(Running.class.getName());
    private static final String NO_ADAPTER = "none";

    private final CertrailConfig config;
    private final Surroundings surroundings;
    private final Trail trail;
    private final Recorder recorder;
    private final Measurements measurements;
    private final Undo undo;
    private final Undo hooks = new Undo();
    private volatile List<ServerAdapter> adapter = List.of();

    private Running(
            CertrailConfig config,
            Surroundings surroundings,
            Trail trail,
            Recorder recorder,
            Measurements measurements,
            Undo undo) {
        this.config = config;
        this.trail = trail;
        this.surroundings = surroundings;
        this.recorder = recorder;
        this.measurements = measurements;
        this.undo = undo;
    }

    /**
     * Opens the trail and records its configuration.
     *
     * @throws IllegalStateException if the trail cannot be opened; nothing is left of the attempt
     */
    static Running start(CertrailConfig config, Surroundings surroundings, Meters meters, Clock clock) {
        Undo undo = new Undo();
        try {
            return start(config, surroundings, meters, clock, undo);
        } catch (IOException e) {
            undo.run();
            throw new IllegalStateException("CTR0402 The trail cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) { // an error, too: the trail would stay locked
            undo.run();
            throw e;
        }
    }

    private static Running start(
            CertrailConfig config, Surroundings surroundings, Meters meters, Clock clock, Undo undo)
            throws IOException {
        OwnClasses.load(Running.class);
        Measurements measurements = Measurements.start(meters);
        undo.with("take the metrics away", measurements::close);
        CheckpointSinks sinks = sinks(config, measurements, clock);
        undo.with("end the deliveries of checkpoints", sinks::close);
        String bootId = Recorder.newBootId();
        TrailChronicle chronicle = new TrailChronicle(bootId, surroundings.details());
        Checkpointing checkpointing =
                new Checkpointing(config.checkpoints(), bootId, sinks, measurements.checkpointMeter());
        Trail trail = Trail.open(
                config.trail(), TrailFiles.onDisk(), clock, chronicle, measurements.trailMeter(), checkpointing);
        undo.with("close the trail", trail::close);
        Recorder recorder = new Recorder(config.recorder(), config.flood(), trail, clock, bootId);
        undo.with("tell what was coalesced", recorder::close);
        measurements.observe(recorder);
        Running running = new Running(config, surroundings, trail, recorder, measurements, undo);
        running.recordConfig(ToldSettings.of(config.settings()));
        return running;
    }

    private static CheckpointSinks sinks(CertrailConfig config, Measurements measurements, Clock clock) {
        TrailTree tree = TrailTree.of(TrailFiles.onDisk(), config.trail().folder());
        try {
            CheckpointSinks sinks = CheckpointSinks.start(
                    config.sinks(),
                    config.trail().folder(),
                    (oldSize, newSize) -> tree.prover(newSize).consistency(oldSize, newSize),
                    measurements.deliveryMeter(),
                    clock);
            measurements.observe(sinks);
            return sinks;
        } catch (IOException e) {
            throw new IllegalStateException("CTR0405 Checkpoints cannot be delivered: " + e.getMessage(), e);
        }
    }

    CertrailConfig config() {
        return config;
    }

    Trail trail() {
        return trail;
    }

    Recorder recorder() {
        return recorder;
    }

    Measurements measurements() {
        return measurements;
    }

    /**
     * Installs the server's hooks.
     *
     * @param host as the servlet container names itself
     * @param adapters chooses them; empty on a server without
     */
    void install(String host, Function<Recorder, Optional<ServerAdapter>> adapters) {
        Optional<ServerAdapter> adapter = adapters.apply(recorder);
        adapter.ifPresent(installed -> hooks.with("take the hooks out of the server", installed::close));
        String server = adapter.map(ServerAdapter::server).orElse(NO_ADAPTER);
        this.adapter = adapter.stream().toList();
        adapter.ifPresent(installed -> OwnClasses.load(installed.getClass()));
        recordConfig(List.of(new NamedValue("adapter", server), new NamedValue("server", host)));
        LOG.log(
                Logger.Level.INFO,
                "Certrail {0} records to {1}; durability {2}, on failure {3}, {4}",
                surroundings.version(),
                config.trail().folder(),
                config.recorder().durability().id(),
                config.recorder().onFailure().id(),
                adapter.isPresent()
                        ? "handshakes and requests through the adapter for " + server
                        : "requests only: there is no adapter for this server's handshakes");
    }

    /** Takes the hooks out of the server; all else goes on. A second call does nothing. */
    void release() {
        hooks.run();
    }

    /** Takes the hooks out, then closes the trail, then takes the metrics away. A second call does nothing. */
    @Override
    public void close() {
        hooks.run();
        undo.run();
    }

    @Override
    public String version() {
        return surroundings.version();
    }

    @Override
    public List<InetSocketAddress> tlsListeners() {
        return adapter.stream().flatMap(each -> each.tlsListeners().stream()).toList();
    }

    private void recordConfig(List<NamedValue> details) {
        recorder.record(new TrailEvent(TrailEvent.CONFIG, recorder.now(), Outcome.SUCCESS, null, details));
    }
}
