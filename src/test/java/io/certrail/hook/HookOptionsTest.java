package io.certrail.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.config.CertrailConfig;
import io.certrail.config.FakeConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookOptionsTest {
    @Test
    void argumentsAreRead() {
        assertThat(HookOptions.read(null)).isEqualTo(HookOptions.DEFAULT);
        assertThat(HookOptions.read("")).isEqualTo(HookOptions.DEFAULT);
        assertThat(HookOptions.read("deadline=500ms, queue-facts=12,queue-bytes=34"))
                .isEqualTo(new HookOptions(Duration.ofMillis(500), 12, 34));
        assertThat(HookOptions.read("deadline=0s").deadline()).isZero();
    }

    @Test
    void systemPropertiesComeSecond() {
        System.setProperty("certrail.hook.deadline", "3s");
        System.setProperty("certrail.hook.queue-facts", "5");
        try {
            assertThat(HookOptions.read("deadline=2s").deadline()).isEqualTo(Duration.ofSeconds(2));
            assertThat(HookOptions.read("deadline=2s").queueFacts()).isEqualTo(5);
            assertThat(HookOptions.read(null).deadline()).isEqualTo(Duration.ofSeconds(3));
        } finally {
            System.clearProperty("certrail.hook.deadline");
            System.clearProperty("certrail.hook.queue-facts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadline=10s", "queue-facts=8192", "queue-bytes=16777216"})
    void systemPropertyStopsNoDeployment(String option) {
        String property = "certrail.hook." + option.split("=")[0];
        String value = option.split("=")[1];
        System.setProperty(property, value);
        try {
            assertThat(HookOptions.read(null)).isEqualTo(HookOptions.DEFAULT);
            assertThat(CertrailConfig.read(FakeConfig.with(property, value)).settings())
                    .isNotEmpty();
        } finally {
            System.clearProperty(property);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deadline=5",
                "deadline=-1s",
                "deadline=2h",
                "deadline=9999999s",
                "queue-facts=0",
                "queue-facts=x",
                "queue-facts=99999999999",
                "queue-bytes=-5",
                "nonsense=1",
                "deadline",
                "deadline=99999999999999999999s"
            })
    void mistakesAreToldWithKeyAndValue(String argument) {
        assertThatThrownBy(() -> HookOptions.read(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certrail.hook." + argument.split("=")[0])
                .hasMessageContaining("expected");
    }
}
