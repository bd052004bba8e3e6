package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void bucketsAreCumulativeAndEndInInfinity() {
        Distribution times = Distribution.ofAnswers();
        times.add(400_000);
        times.add(500_000);
        times.add(500_001);
        times.add(60_000_000_000L);

        assertThat(times.upTo(0)).isEqualTo(2);
        assertThat(times.upTo(1)).isEqualTo(3);
        assertThat(times.upTo(times.bounds() - 1)).isEqualTo(3);
        assertThat(times.upTo(times.bounds())).isEqualTo(4).isEqualTo(times.count());
        assertThat(times.sumSeconds()).isEqualTo(60.001400001);
    }

    @Test
    void boundsAreWrittenInSeconds() {
        assertThat(bounds(Distribution.ofAnswers()))
                .startsWith("0.0005", "0.001")
                .endsWith("5", "10", "+Inf");
        assertThat(bounds(Distribution.ofWrites())).startsWith("0.000025").endsWith("2.5", "+Inf");
        assertThat(bounds(Distribution.ofLifetimes())).startsWith("86400").endsWith("94608000", "+Inf");
    }

    @Test
    void timeBelowZeroCountsAsZero() {
        Distribution times = Distribution.ofWrites();
        times.add(-5);

        assertThat(times.upTo(0)).isEqualTo(1);
        assertThat(times.sumSeconds()).isZero();
    }

    private static List<String> bounds(Distribution distribution) {
        List<String> bounds = new ArrayList<>();
        for (int i = 0; i <= distribution.bounds(); i++) {
            bounds.add(distribution.le(i));
        }
        return bounds;
    }
}
