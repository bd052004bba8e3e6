package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(42);
    private final RateLimit limit = new RateLimit(60, nanos::get);

    @Test
    void oneTooManyIsToldHowLongToWaitAndNoOtherClientIs() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isBetween(Duration.ofMillis(999), Duration.ofMillis(1001));
        assertThat(limit.take("b")).isZero();
        nanos.addAndGet(Duration.ofMillis(400).toNanos());
        assertThat(limit.take("a")).isBetween(Duration.ofMillis(599), Duration.ofMillis(601));
        nanos.addAndGet(Duration.ofMillis(601).toNanos());
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void longSilenceSavesNoMoreThanAMinutesWorth() {
        limit.take("a");
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        int granted = 0;
        while (limit.take("a").isZero()) {
            granted++;
        }
        assertThat(granted).isEqualTo(60);
    }

    @Test
    void veryManyClientsDoNotTakeVeryMuchMemory() {
        for (int i = 0; i < 60; i++) {
            limit.take("first");
        }
        for (int i = 0; i < 2000; i++) {
            assertThat(limit.take("client " + i)).isZero();
        }
        assertThat(limit.take("first")).as("forgotten").isZero();
    }
}
