package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** What it answers is tried on a server: MicroProfile Health has no responses without an implementation. */
class TrailReadinessTest {
    @Test
    void healthIsFoundByTheServerAndAsksNobodyWhoWouldStartSomething() {
        assertThat(TrailReadiness.class).hasAnnotations(Readiness.class);
        assertThat(DeployedLiveness.class).hasAnnotations(Liveness.class);
        assertThat(Arrays.stream(TrailReadiness.class.getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes())))
                .hasSize(1)
                .allMatch(CurrentRecorder.class::equals);
    }
}
