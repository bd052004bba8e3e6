package io.certrail.server.jsse;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.hook.EngineSite;
import io.certrail.tls.HandshakeFacts;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a fact of the hook's says of a certificate that was presented. */
class HookFactTest {
    private static final X509Certificate ALICE = EngineSite.alice().certificate();

    private static HandshakeFacts handshake(Map<String, Object> trust) {
        return new HookFact(Map.of(
                        "fact",
                        "handshake",
                        "connection",
                        5L,
                        "verdict",
                        "timeout",
                        "presented",
                        new X509Certificate[] {ALICE},
                        trust.keySet().iterator().next(),
                        trust.values().iterator().next()))
                .handshake();
    }

    @Test
    void certificateOnWhichNobodyHadDecidedIsToldAndNotTrusted() {
        HandshakeFacts facts = handshake(Map.of("trusted", false));
        assertThat(facts.presented()).containsExactly(ALICE);
        assertThat(facts.trusted()).isFalse();
        assertThat(facts.trustFailure()).isNull();
    }

    @Test
    void certificateThatWasAcceptedIsTrusted() {
        HandshakeFacts facts = handshake(Map.of("trusted", true));
        assertThat(facts.presented()).containsExactly(ALICE);
        assertThat(facts.trusted()).isTrue();
    }

    @Test
    void certificateThatWasRefusedComesWithTheCause() {
        CertificateException refusal = new CertificateException("revoked");
        HandshakeFacts facts = handshake(Map.of("trustFailure", refusal));
        assertThat(facts.presented()).containsExactly(ALICE);
        assertThat(facts.trusted()).isFalse();
        assertThat(facts.trustFailure()).isSameAs(refusal);
    }
}
