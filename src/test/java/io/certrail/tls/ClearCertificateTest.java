package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.CertificateFacts;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLProtocolException;
import org.junit.jupiter.api.Test;

class ClearCertificateTest {
    private static final TestPki.Identity CLIENT =
            TestPki.root("CN=Root").issue("CN=too long a chain").build();

    @Test
    void certificateThatTheEngineShowsNobodyIsReadFromTheWire() throws Exception {
        byte[] der = CLIENT.certificate().getEncoded();
        byte[] sent = Hello.join(
                Hello.tls12().bytes(),
                Hello.record(22, 0x0303, Hello.message(11, Hello.vector(3, Hello.vector(3, der)))));

        CertificateFacts facts = presented(sent);

        assertThat(facts.subject()).isEqualTo("CN=too long a chain");
        assertThat(facts.verified()).isFalse();
        for (int length = sent.length - 1; length > 0; length -= 7) {
            assertThat(presented(Arrays.copyOf(sent, length))).isNull();
        }
    }

    @Test
    void ofGarbageInsteadOfACertificateNothingButItsHashIsTold() {
        byte[] garbage = Hello.message(11, Hello.vector(3, Hello.vector(3, new byte[40])));

        CertificateFacts facts = presented(Hello.join(Hello.tls12().bytes(), Hello.record(22, 0x0303, garbage)));

        assertThat(facts)
                .isEqualTo(new CertificateFacts(
                        "",
                        "",
                        null,
                        CertificateReader.sha256(new byte[40]),
                        null,
                        null,
                        List.of(),
                        0,
                        null,
                        List.of(),
                        false));
    }

    private static CertificateFacts presented(byte[] sent) {
        HandshakeFacts facts = HandshakeFacts.ending(Ending.FAILED)
                .received(sent, sent.length, new byte[0])
                .failure(new SSLProtocolException(
                        "The certificate chain length (12) exceeds the maximum allowed length (8)"))
                .build();
        return new HandshakeClassifier().classify(facts).tls().client();
    }
}
