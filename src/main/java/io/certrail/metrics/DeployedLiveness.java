package io.certrail.metrics;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Tells MicroProfile Health that the application is deployed. Added by {@link HealthChecks} where that is there. */
@Liveness
final class DeployedLiveness implements HealthCheck {
    @Override
    public HealthCheckResponse call() {
        return TrailReadiness.answer(Condition.DEPLOYED);
    }
}
