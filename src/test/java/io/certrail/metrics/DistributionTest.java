package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void bucketsAreCumulativeAndEndInInfinity() {
        Distribution times = new Distribution(Bounds.ANSWERS);
        times.add(400_000);
        times.add(500_000);
        times.add(500_001);
        times.add(60_000_000_000L);

        assertThat(times.upTo(0)).isEqualTo(2);
        assertThat(times.upTo(1)).isEqualTo(3);
        assertThat(times.upTo(Bounds.ANSWERS.size() - 1)).isEqualTo(3);
        assertThat(times.upTo(Bounds.ANSWERS.size())).isEqualTo(4).isEqualTo(times.count());
        assertThat(times.sumSeconds()).isCloseTo(60.001400001, within(1e-9));
    }

    @Test
    void boundsAreWrittenInSeconds() {
        assertThat(bounds(Bounds.ANSWERS)).startsWith("0.0005", "0.001").endsWith("5", "10", "+Inf");
        assertThat(bounds(Bounds.WRITES)).startsWith("0.000025").endsWith("2.5", "+Inf");
        assertThat(bounds(Bounds.LIFETIMES)).startsWith("86400").endsWith("94608000", "+Inf");
    }

    @Test
    void sumOfManyLifetimesDoesNotOverflow() {
        Distribution lifetimes = new Distribution(Bounds.LIFETIMES);
        for (int i = 0; i < 1000; i++) {
            lifetimes.add(Duration.ofDays(36_500).toNanos());
        }

        assertThat(lifetimes.sumSeconds()).isEqualTo(1000 * 36_500 * 86_400.0);
    }

    @Test
    void timeBelowZeroCountsAsZero() {
        Distribution times = new Distribution(Bounds.WRITES);
        times.add(-5);

        assertThat(times.upTo(0)).isEqualTo(1);
        assertThat(times.sumSeconds()).isZero();
    }

    private static List<String> bounds(Bounds of) {
        List<String> bounds = new ArrayList<>();
        for (int i = 0; i <= of.size(); i++) {
            bounds.add(of.le(i));
        }
        return bounds;
    }
}
