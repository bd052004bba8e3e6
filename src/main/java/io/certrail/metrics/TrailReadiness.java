package io.certrail.metrics;

import io.certrail.recorder.Recorder;
import io.certrail.trail.TrailStatus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
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
    private final CurrentRecorder recorder;

    /** @param recorder not the recorder itself, which a probe during deployment would start too early */
    @Inject
    TrailReadiness(CurrentRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("certrail-trail");
        return recorder.current()
                .map(started -> describe(started, answer))
                .orElseGet(() -> answer.down().withData("state", "not started"))
                .build();
    }

    private static HealthCheckResponseBuilder describe(Recorder recorder, HealthCheckResponseBuilder answer) {
        TrailStatus status = recorder.status();
        answer.status(recorder.acceptsRequests())
                .withData("writing", status.isWriting())
                .withData("since", status.since().toString())
                .withData("on-failure", recorder.options().onFailure().id());
        if (!status.isWriting()) {
            answer.withData("state", status instanceof TrailStatus.Failing ? "failing" : "closed");
        }
        return answer;
    }
}
