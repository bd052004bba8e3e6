package io.certrail.deployment;

import io.certrail.config.CertrailConfig;
import io.certrail.metrics.CurrentMeasurements;
import io.certrail.metrics.CurrentRecorder;
import io.certrail.metrics.Measurements;
import io.certrail.metrics.ServerMeters;
import io.certrail.recorder.Recorder;
import io.certrail.scan.selfcheck.OwnServer;
import io.certrail.server.ServerAdapters;
import io.certrail.servlet.FilterOptions;
import io.certrail.trail.Trail;
import io.certrail.trail.TrailOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Owns all that runs in this application. Whoever asks first starts it; once it has stopped or failed it stays so. Safe
 * for use by any thread.
 */
@ApplicationScoped
class CertrailApplication implements CurrentRecorder, CurrentMeasurements {
    private static final Logger LOG = System.getLogger(CertrailApplication.class.getName());

    @Inject
    Instance<Object> beans;

    private volatile @Nullable Running running;
    private @Nullable RuntimeException failure;
    private boolean stopped;

    /**
     * The recorder of this application.
     *
     * @throws RuntimeException if it could not be started; the same one to everybody
     */
    @Produces
    @Singleton
    Recorder recorder() {
        return running().recorder();
    }

    @Override
    public Optional<Recorder> current() {
        return Optional.ofNullable(running).map(Running::recorder);
    }

    @Override
    public Optional<Measurements> currentMeasurements() {
        return Optional.ofNullable(running).map(Running::measurements);
    }

    /** The configuration in force. */
    @Produces
    @Singleton
    CertrailConfig config() {
        return running().config();
    }

    /** What the servlet filter looks for. */
    @Produces
    @Singleton
    FilterOptions filterOptions() {
        return new FilterOptions(running().config().roles());
    }

    /** The trail, for those who read it. */
    @Produces
    @Singleton
    Trail trail() {
        return running().trail();
    }

    /** Where and how the trail is written. */
    @Produces
    @Singleton
    TrailOptions trailOptions() {
        return running().config().trail();
    }

    /** What a self-check must know. */
    @Produces
    @Singleton
    OwnServer ownServer() {
        return running();
    }

    /**
     * Starts unless that was done, and hooks into the server.
     *
     * @param serverName as the servlet container names itself
     */
    synchronized void begin(String serverName) {
        try {
            Running now = running();
            now.install(
                    serverName, to -> ServerAdapters.install(to, now.config().maxOpenConnections()));
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "CTR0401 Certrail does not start: {0}", e.getMessage());
            stop();
            throw e;
        }
    }

    /** Takes the hooks out of the server. What the application still does until {@link #stop()} is recorded. */
    synchronized void release() {
        Running begun = running;
        if (begun != null) {
            begun.release();
        }
    }

    /** Stops for good: the hooks first, the trail last. Called twice, it does nothing. */
    @PreDestroy
    synchronized void stop() {
        stopped = true;
        Running begun = running;
        if (begun != null) {
            begun.close();
        }
    }

    private synchronized Running running() {
        Running begun = running;
        if (begun == null) {
            begun = start();
            running = begun;
        }
        return begun;
    }

    private Running start() {
        if (failure != null) {
            throw failure;
        }
        if (stopped) {
            throw new IllegalStateException("Certrail has stopped with its application");
        }
        try {
            CertrailConfig config = CertrailConfig.read(ConfigProvider.getConfig());
            return Running.start(config, Surroundings.here(), ServerMeters.find(beans), Clock.systemUTC());
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
