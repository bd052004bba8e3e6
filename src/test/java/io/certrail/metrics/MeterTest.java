package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.trail.CheckpointStatus;
import io.certrail.trail.TrailCounts;
import io.certrail.trail.TrailStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterTest {
    @ParameterizedTest
    @EnumSource(Meter.class)
    void nameFollowsPrometheusConventions(Meter meter) {
        assertThat(meter.id())
                .matches("certrail(_[a-z]+)+")
                .doesNotEndWith("_count")
                .doesNotEndWith("_sum");
        assertThat(meter.help()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void countsOfTheTrailTellOfOneMomentAndAddUp() {
        FakeMeters shown = new FakeMeters();
        AtomicLong seen = new AtomicLong();
        TrailMeters.show(
                shown,
                () -> new TrailCounts(seen.addAndGet(6), seen.get() - 5, 2, 2, 1),
                () -> new TrailStatus.Failing(Instant.EPOCH, "disk full"));

        assertThat(shown.value("certrail_trail_records_seen_total"))
                .isEqualTo(shown.value("certrail_trail_records_recorded_total")
                        + shown.value("certrail_trail_records_lost_total")
                        + shown.value("certrail_trail_records_coalesced_total")
                        + shown.value("certrail_trail_queue_records"));
        assertThat(shown.value("certrail_trail_writing")).isZero();
    }

    @Test
    void glanceIsTakenAnewAfterATenthOfASecond() {
        AtomicLong now = new AtomicLong(-50_000_000);
        AtomicLong source = new AtomicLong();
        Glance<Long> glance = new Glance<>(source::incrementAndGet, now::get);

        assertThat(glance.get()).isEqualTo(1);
        now.addAndGet(100_000_000);
        assertThat(glance.get()).isEqualTo(1);
        now.addAndGet(1);
        assertThat(glance.get()).isEqualTo(2);
    }

    @Test
    void whatTheTrailsWriterTellsIsMeasured() {
        FakeMeters shown = new FakeMeters();
        TrailMeters meters = new TrailMeters(shown);
        meters.appended(3, 900, 20_000);
        meters.forced(200_000);
        meters.failed();
        meters.logFailed();

        assertThat(shown.value("certrail_trail_wal_failures_total")).isEqualTo(1);
        assertThat(shown.value("certrail_trail_written_bytes_total")).isEqualTo(900);
        assertThat(shown.value("certrail_trail_write_failures_total")).isEqualTo(1);
        assertThat(shown.distribution(Meter.APPEND).upTo(0)).isEqualTo(1);
        assertThat(shown.distribution(Meter.FORCE).sumSeconds()).isEqualTo(0.0002);
    }

    @Test
    void checkpointIsAsOldAsTheClockSaysAndNeverYounger() {
        for (long seconds : new long[] {0, 90, -90}) {
            FakeMeters shown = new FakeMeters();
            CheckpointMeters.show(
                    shown,
                    () -> Optional.of(new CheckpointStatus(40, Instant.EPOCH, 2)),
                    () -> Instant.EPOCH.plusSeconds(seconds));
            assertThat(shown.value("certrail_checkpoint_age_seconds")).isEqualTo(Math.max(0, seconds));
            assertThat(shown.value("certrail_checkpoint_size_records")).isEqualTo(40);
            assertThat(shown.value("certrail_checkpoint_lag_records")).isEqualTo(2);
        }
    }

    @Test
    void whatTheIntegratorTellsIsMeasured() {
        FakeMeters shown = new FakeMeters();
        CheckpointMeters meters = new CheckpointMeters(shown);
        meters.published(3_000_000);
        meters.failed();

        assertThat(shown.value("certrail_checkpoint_failures_total")).isEqualTo(1);
        assertThat(shown.distribution(Meter.CHECKPOINT_DURATION).sumSeconds()).isEqualTo(0.003);
    }
}
