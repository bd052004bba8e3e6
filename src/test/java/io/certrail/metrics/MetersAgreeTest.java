package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same happenings, wherever they are shown: the same names, labels and values. */
class MetersAgreeTest {
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FakeMetricRegistry microProfile = new FakeMetricRegistry();
    private final TextMeters text = new TextMeters();

    @Test
    void everyPlaceShowsTheSameNamesLabelsAndValues() {
        MicroProfileMeters byMicroProfile = new MicroProfileMeters(microProfile.registry());
        MicrometerMeters byMicrometer = new MicrometerMeters(composite(), Tags.of("WF_DEPLOYMENT", "certrail.war"));
        Happenings.begin(text).happen();
        Happenings.begin(byMicroProfile).happen();
        Happenings.begin(byMicrometer).happen();

        Map<String, Double> own = Series.of(text.text());
        assertThat(own)
                .hasSizeGreaterThan(200)
                .containsKeys(Series.fromTheStart().toArray(String[]::new));
        assertSame(own, Series.of(microProfile.text()));
        assertSame(own, Series.of(prometheus.scrape()));

        byMicroProfile.removeAll();
        byMicrometer.removeAll();
        text.removeAll();
        assertThat(microProfile.text()).isEmpty();
        assertThat(prometheus.scrape()).isEmpty();
        assertThat(text.text()).isEmpty();
    }

    @Test
    void everyMeterIsShownWithWhatItMeansAndItsType() {
        Happenings.begin(text).happen();
        Happenings.begin(new MicrometerMeters(prometheus, Tags.empty())).happen();

        for (Meter meter : Meter.values()) {
            String head =
                    "# HELP " + meter.id() + " " + meter.help() + "\n# TYPE " + meter.id() + " " + meter.type() + "\n";
            assertThat(text.text()).contains(head);
            assertThat(prometheus.scrape()).contains(head);
        }
        assertThat(Arrays.stream(Meter.values()).map(Meter::type)).contains("counter", "gauge", "histogram");
    }

    @Test
    void textIsMadeOfWholeLinesAndFamiliesThatHangTogether() {
        Happenings.begin(text).happen();

        assertThat(text.text()).endsWith("\n").doesNotContain("\n\n");
        assertThat(text.text().lines().filter(line -> line.startsWith("# TYPE")))
                .hasSize(Meter.values().length)
                .doesNotHaveDuplicates();
        assertThat(text.text())
                .contains("\ncertrail_handshakes_total{outcome=\"failure\",reason=\"unknown_ca\"} 1\n")
                .contains("\ncertrail_client_certificate_lifetime_seconds_bucket{le=\"1209600\"} 4\n")
                .contains("\ncertrail_trail_append_duration_seconds_bucket{le=\"0.000025\"} 2\n");
    }

    @Test
    void micrometerThatShowsNothingOrNoBucketsIsFoundOut() {
        assertThat(new MicrometerMeters(prometheus, Tags.empty()).isShown()).isTrue();
        assertThat(new MicrometerMeters(composite(), Tags.empty()).isShown()).isTrue();
        assertThat(new MicrometerMeters(new CompositeMeterRegistry(), Tags.empty()).isShown())
                .isFalse();
        assertThat(new MicrometerMeters(new KeepsToItself(), Tags.empty()).isShown())
                .isFalse();
        assertThat(prometheus.getMeters()).isEmpty();
    }

    private MeterRegistry composite() {
        return new CompositeMeterRegistry().add(prometheus);
    }

    private static void assertSame(Map<String, Double> expected, Map<String, Double> shown) {
        assertThat(shown.keySet()).isEqualTo(expected.keySet());
        shown.forEach((series, value) ->
                assertThat(value).as(series).isCloseTo(expected.get(series), offset(1e-6 * Math.abs(value) + 1e-9)));
    }

    /** As WildFly 39's: what is built by a builder is not found in it. */
    private static final class KeepsToItself extends SimpleMeterRegistry {
        @Override
        public io.micrometer.core.instrument.search.Search find(String name) {
            return new SimpleMeterRegistry().find(name);
        }
    }
}
