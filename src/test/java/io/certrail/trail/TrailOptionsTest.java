package io.certrail.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrailOptionsTest {
    private static final Duration OK = Duration.ofSeconds(1);

    @Test
    void badValuesAreRefusedWithWhatWasExpected() {
        assertRefused("segmentBytes: expected 1024 or more, not 1023", 1023, OK, 1, 1024, OK, OK, OK);
        assertRefused("segmentAge: expected more than zero", 1024, Duration.ZERO, 1, 1024, OK, OK, OK);
        assertRefused("queueRecords: expected 1 or more, not 0", 1024, OK, 0, 1024, OK, OK, OK);
        assertRefused("queueBytes: expected 1024 or more", 1024, OK, 1, 0, OK, OK, OK);
        assertRefused("linger: expected zero to one minute", 1024, OK, 1, 1024, Duration.ofHours(1), OK, OK);
        assertRefused("forceInterval: expected zero", 1024, OK, 1, 1024, OK, Duration.ofMillis(-1), OK);
        assertRefused("retryInterval: expected more than zero", 1024, OK, 1, 1024, OK, OK, Duration.ZERO);
        assertThatThrownBy(() -> new TrailOptions(Path.of("x"), 1024, OK, 1, 1024, OK, OK, OK, Retention.ALL, 65_535))
                .hasMessage("walBytes: expected 0 or 65536 or more, not 65535");
        assertThatThrownBy(() -> new Retention(Duration.ZERO, 0)).hasMessageContaining("expected a positive duration");
        assertThatThrownBy(() -> new Retention(null, -1)).hasMessageContaining("expected 0 (no bound) or more");
    }

    @Test
    void defaultsAreValidAndKeepAll() {
        assertThat(TrailOptions.of(Path.of("x")).retention()).isEqualTo(Retention.ALL);
    }

    private static void assertRefused(
            String message,
            long bytes,
            Duration age,
            int records,
            long queue,
            Duration linger,
            Duration force,
            Duration retry) {
        assertThatThrownBy(() -> new TrailOptions(
                        Path.of("x"), bytes, age, records, queue, linger, force, retry, Retention.ALL, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
