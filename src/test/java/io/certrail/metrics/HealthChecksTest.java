package io.certrail.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** What they answer is tried on a server: MicroProfile Health has no responses without an implementation. */
class HealthChecksTest {
    @Test
    void healthIsFoundByTheServerAndAsksNobodyWhoWouldStartSomething() throws Exception {
        assertThat(HealthChecks.class).hasAnnotation(Dependent.class);
        var trail = HealthChecks.class.getDeclaredMethod("trail", CurrentRecorder.class);
        var deployed = HealthChecks.class.getDeclaredMethod("deployed");
        assertThat(trail.isAnnotationPresent(Readiness.class)).isTrue();
        assertThat(deployed.isAnnotationPresent(Liveness.class)).isTrue();
        assertThat(List.of(trail, deployed)).allMatch(each -> each.isAnnotationPresent(Produces.class));
    }

    /** WildFly could not define a class that is one. */
    @Test
    void noClassOfCertrailsIsAHealthCheck() {
        assertThat(Arrays.asList(HealthChecks.class.getNestMembers())).noneMatch(HealthCheck.class::isAssignableFrom);
    }
}
