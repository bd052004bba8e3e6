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
        HandshakeVerdict verdict = CLASSIFIER.classify(facts);
        String log = System.getProperty("verdicts");
        if (log != null && verdict.fault() != null) {
            try {
                java.nio.file.Files.writeString(
                        java.nio.file.Path.of(log),
                        StackWalker.getInstance().walk(f -> f.filter(
                                                x -> x.getClassName().endsWith("Test"))
                                        .findFirst()
                                        .map(x -> x.getMethodName())
                                        .orElse("?"))
                                + "\t" + verdict.fault().type() + "\t"
                                + verdict.fault().message() + "\t"
                                + verdict.tls().alertSent() + "\t" + facts.failure() + "\t" + facts.trustFailure()
                                + "\n",
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return verdict;
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
