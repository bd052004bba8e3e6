package io.certrail.metrics;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Tells MicroProfile Health whether requests are served. Added by {@link HealthChecks} where that is there. */
@Readiness
final class TrailReadiness implements HealthCheck {
    private final CurrentRecorder recorder;

    /** @param recorder not the recorder itself, which a probe during deployment would start too early */
    @Inject
    TrailReadiness(CurrentRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public HealthCheckResponse call() {
        return answer(Condition.ofTrail(recorder));
    }

    static HealthCheckResponse answer(Condition condition) {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named(condition.name()).status(condition.isUp());
        condition.facts().forEach((key, fact) -> {
            if (fact instanceof Boolean truth) {
                answer.withData(key, truth);
            } else {
                answer.withData(key, fact.toString());
            }
        });
        return answer.build();
    }
}
