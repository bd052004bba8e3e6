package io.certrail.api;

import io.certrail.config.CertrailConfig;
import io.certrail.scan.selfcheck.OwnServer;
import io.certrail.scan.selfcheck.SelfCheck;
import io.certrail.scan.selfcheck.SelfCheckOptions;
import io.certrail.trail.Trail;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Owns the schedule by which this server scans itself, if there is one. Safe for use by any thread. */
@ApplicationScoped
public class SelfChecking {
    @Inject
    @Nullable
    CertrailConfig config;

    @Inject
    @Nullable
    OwnServer server;

    @Inject
    @Nullable
    Trail trail;

    private @Nullable SelfCheck schedule;

    /** For the container. */
    public SelfChecking() {}

    /**
     * Begins, unless it is switched off.
     *
     * @param contextPath of this application
     */
    synchronized void begin(String contextPath) {
        CertrailConfig chosen = Objects.requireNonNull(config);
        SelfCheckOptions options = chosen.selfCheck();
        if (options != null) {
            Trail own = Objects.requireNonNull(trail);
            schedule = SelfCheck.start(
                    options,
                    Objects.requireNonNull(server),
                    contextPath,
                    chosen.trail().folder(),
                    own::nextSequence,
                    Clock.systemUTC());
        }
    }

    /** Ends it. Called twice, it does nothing. */
    @PreDestroy
    synchronized void end() {
        SelfCheck begun = schedule;
        schedule = null;
        if (begun != null) {
            begun.close();
        }
    }
}
