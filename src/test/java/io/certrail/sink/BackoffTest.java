package io.certrail.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void waitDoublesUpToTheMost() {
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(80), Duration.ofMillis(100));
        assertThat(backoff.after(2)).isBetween(Duration.ofMillis(160), Duration.ofMillis(200));
        assertThat(backoff.after(4)).isBetween(Duration.ofMillis(640), Duration.ofMillis(800));
        assertThat(backoff.after(5)).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
        assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
    }

    @Test
    void waitOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
