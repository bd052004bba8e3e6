package io.certrail.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.util.Optional;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Finds where measurements are shown on this server: MicroProfile Metrics if it is there, else Micrometer if it is,
 * else nowhere but in Certrail's own text. One place only: whoever scrapes two would count everything twice.
 */
public final class ServerMeters {
    private static final Logger LOG = System.getLogger(ServerMeters.class.getName());

    private ServerMeters() {}

    /** @param beans all of the application's and the server's */
    public static Meters find(Instance<Object> beans) {
        Meters found = find(() -> ofMicroProfile(beans));
        if (found == null) {
            found = find(() -> ofMicrometer(beans));
        }
        return found == null ? new TextMeters() : found;
    }

    /** A server that lacks an API lacks its classes, too. */
    private static @Nullable Meters find(Place place) {
        try {
            return place.meters().orElse(null);
        } catch (LinkageError absent) {
            return null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(
                    Logger.Level.WARNING,
                    "CTR0501 The server's own metrics cannot be used; Certrail shows its own (see MetricsServlet)",
                    e);
            return null;
        }
    }

    private static Optional<Meters> ofMicroProfile(Instance<Object> beans) {
        Instance<MetricRegistry> registry = beans.select(MetricRegistry.class);
        return registry.isResolvable() ? Optional.of(new MicroProfileMeters(registry.get())) : Optional.empty();
    }

    private static Optional<Meters> ofMicrometer(Instance<Object> beans) throws ReflectiveOperationException {
        Instance<MeterRegistry> registry = beans.select(MeterRegistry.class);
        if (!registry.isResolvable()) {
            return Optional.empty();
        }
        MicrometerMeters meters = of(registry.get());
        if (!meters.isShown()) {
            LOG.log(
                    Logger.Level.INFO,
                    "Micrometer is there but exports nothing, or no histograms: Certrail shows its own metrics");
            return Optional.empty();
        }
        return Optional.of(meters);
    }

    private static MicrometerMeters of(MeterRegistry registry) throws ReflectiveOperationException {
        MicrometerMeters meters = new MicrometerMeters(registry, Tags.empty());
        if (meters.isShown() || !WildFlyRegistry.isOne(registry)) {
            return meters;
        }
        WildFlyRegistry behind = WildFlyRegistry.behind(registry);
        return new MicrometerMeters(behind.registry(), behind.tags());
    }

    private interface Place {
        Optional<Meters> meters() throws ReflectiveOperationException;
    }
}
