package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;
import org.wildfly.extension.micrometer.registry.ApplicationRegistry;

class ServerMetersTest {
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void serverWithoutMetricsGetsCertrailsOwnText() {
        Meters found = ServerMeters.find(FakeBeans.of(Map.of()));

        assertThat(found).isInstanceOf(TextMeters.class);
        assertThat(Measurements.start(found).text()).isPresent();
    }

    @Test
    void microProfileComesFirstAndIsTheOnlyPlace() {
        Meters found = ServerMeters.find(FakeBeans.of(Map.of(
                MetricRegistry.class, () -> new FakeMetricRegistry().registry(),
                MeterRegistry.class, () -> prometheus)));
        Measurements measurements = Measurements.start(found);

        assertThat(found).isInstanceOf(MicroProfileMeters.class);
        assertThat(measurements.text()).isEmpty();
        assertThat(prometheus.getMeters()).isEmpty();
    }

    @Test
    void micrometerIsTakenWhereItShowsWhatItIsGiven() {
        Meters found = ServerMeters.find(FakeBeans.of(Map.of(MeterRegistry.class, () -> prometheus)));

        assertThat(found).isInstanceOf(MicrometerMeters.class);
        assertThat(Measurements.start(found).text()).isEmpty();
    }

    @Test
    void micrometerWithoutAnyRegistryIsNoPlace() {
        assertThat(ServerMeters.find(FakeBeans.of(Map.of(MeterRegistry.class, CompositeMeterRegistry::new))))
                .isInstanceOf(TextMeters.class);
    }

    @Test
    void registryThatWildFlyGivesToApplicationsIsLookedBehind() {
        MeterRegistry wildFly = new ApplicationRegistry("certrail.war", new CompositeMeterRegistry().add(prometheus));
        Meters found = ServerMeters.find(FakeBeans.of(Map.of(MeterRegistry.class, () -> wildFly)));
        Happenings.begin(found).happen();

        assertThat(prometheus.scrape())
                .contains("certrail_trail_writing{WF_DEPLOYMENT=\"certrail.war\"} 0.0")
                .contains("certrail_handshake_duration_seconds_bucket{WF_DEPLOYMENT=\"certrail.war\",le=\"0.1\"}");
        found.removeAll();
        assertThat(prometheus.scrape()).isEmpty();
    }

    @Test
    void placeThatFailsIsNoReasonNotToStart() {
        assertThat(ServerMeters.find(FakeBeans.of(Map.of(
                        MetricRegistry.class,
                        () -> {
                            throw new IllegalStateException("not today");
                        },
                        MeterRegistry.class,
                        () -> {
                            throw new NoClassDefFoundError("not there");
                        }))))
                .isInstanceOf(TextMeters.class);
    }
}
