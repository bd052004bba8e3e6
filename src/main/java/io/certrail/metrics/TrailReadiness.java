package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import io.certrail.trail.TrailStatus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down while requests are refused because the trail cannot be written. With the policy to continue it stays up and says
 * that the trail fails. Why it fails stands in the server's log: it may name paths, and health is often open to all.
 */
@Readiness
@Dependent
final class TrailReadiness implements HealthCheck {
    private final Provider<Recorder> recorders;

    /** @param recorders asked only when somebody looks: a server may make this bean before anything is started */
    @Inject
    TrailReadiness(Provider<Recorder> recorders) {
        this.recorders = recorders;
    }

    @Override
    public HealthCheckResponse call() {
        Recorder recorder = recorders.get();
        TrailStatus status = recorder.status();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("certrail-trail")
                .status(recorder.acceptsRequests())
                .withData("writing", status.isWriting())
                .withData("since", status.since().toString())
                .withData("on-failure", recorder.options().onFailure().id());
        if (!status.isWriting()) {
            answer.withData("state", status instanceof TrailStatus.Failing ? "failing" : "closed");
        }
        return answer.build();
    }
}
