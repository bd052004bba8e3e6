package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthAnswerTest {
    private static final CurrentRecorder NOT_STARTED = Optional::empty;

    @Test
    void livenessIsUpAsLongAsTheApplicationIsThere() {
        assertThat(HealthAnswer.of("/live", NOT_STARTED))
                .contains(new HealthAnswer(
                        true, "{\"status\":\"UP\",\"checks\":[{\"name\":\"certrail\",\"status\":\"UP\"}]}"));
    }

    @Test
    void readinessIsDownBeforeTheStart() {
        assertThat(HealthAnswer.of("/ready", NOT_STARTED))
                .contains(new HealthAnswer(
                        false,
                        "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"certrail-trail\",\"status\":\"DOWN\","
                                + "\"data\":{\"state\":\"not started\"}}]}"));
    }

    @Test
    void allTogetherIsDownIfOneIs() {
        HealthAnswer all = HealthAnswer.of("", NOT_STARTED).orElseThrow();
        assertThat(all.isUp()).isFalse();
        assertThat(all.json()).startsWith("{\"status\":\"DOWN\"").contains("\"certrail\"", "\"certrail-trail\"");
    }

    @Test
    void startedHasNoChecks() {
        assertThat(HealthAnswer.of("/started", NOT_STARTED))
                .contains(new HealthAnswer(true, "{\"status\":\"UP\",\"checks\":[]}"));
    }

    @Test
    void otherPathsAreUnknown() {
        for (String path : new String[] {"/", "/readyx", "/ready/", "/../metrics"}) {
            assertThat(HealthAnswer.of(path, NOT_STARTED)).isEmpty();
        }
    }
}
