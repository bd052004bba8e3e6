package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;

/** Assertions about verdicts. */
final class Expected {
    private static final HandshakeClassifier CLASSIFIER = new HandshakeClassifier();

    private Expected() {}

    static HandshakeVerdict verdict(HandshakeFacts facts) {
        return CLASSIFIER.classify(facts);
    }

    /** As {@link #refused}, and the alert told is the one that the engine made, where both are known. */
    static Fault refused(EngineServer server, Reason reason) {
        Fault fault = refused(server.facts(), reason);
        String told = verdict(server.facts()).tls().alertSent();
        if (told != null && server.alertMade() != null) {
            assertThat(told).as("%s, %s", fault, server.failure()).isEqualTo(server.alertMade());
        }
        return fault;
    }

    static Fault refused(HandshakeFacts facts, Reason reason) {
        return refused(facts, reason.id());
    }

    static Fault refused(HandshakeFacts facts, String type) {
        HandshakeVerdict verdict = verdict(facts);
        assertThat(verdict.outcome())
                .as("%s, failure %s", verdict.fault(), facts.failure())
                .isEqualTo(Outcome.FAILURE);
        assertThat(verdict.fault()).isNotNull();
        assertThat(verdict.fault().type())
                .as("%s, trust %s, failure %s", verdict.fault(), facts.trustFailure(), facts.failure())
                .isEqualTo(type);
        assertThat(verdict.fault().message()).isNotBlank();
        return verdict.fault();
    }

    static HandshakeVerdict succeeded(HandshakeFacts facts) {
        HandshakeVerdict verdict = verdict(facts);
        assertThat(verdict.outcome())
                .as("%s, failure %s", verdict.fault(), facts.failure())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(verdict.fault()).isNull();
        assertThat(verdict.tls().established()).isTrue();
        return verdict;
    }
}
