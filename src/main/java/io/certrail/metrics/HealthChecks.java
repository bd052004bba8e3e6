package io.certrail.metrics;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Gives MicroProfile Health its checks. Where that is not there, CDI leaves this bean out, with one line in the log; were
 * the checks beans themselves, WildFly would warn of each with a stack, for it could not even define them.
 */
@Dependent
class HealthChecks {
    /** Not the recorder itself, which a probe during deployment would start too early. */
    @Produces
    @Readiness
    @Dependent
    HealthCheck trail(CurrentRecorder recorder) {
        return () -> answer(Condition.ofTrail(recorder));
    }

    @Produces
    @Liveness
    @Dependent
    HealthCheck deployed() {
        return () -> answer(Condition.DEPLOYED);
    }

    private static HealthCheckResponse answer(Condition condition) {
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
