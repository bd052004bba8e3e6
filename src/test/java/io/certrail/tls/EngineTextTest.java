package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTextTest {
    private static HandshakeVerdict verdict(String text) {
        byte[] hello = Hello.tls12().bytes();
        return new HandshakeClassifier()
                .classify(HandshakeFacts.ending(Ending.FAILED)
                        .received(hello, hello.length, hello)
                        .failure(new SSLHandshakeException(text))
                        .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"))
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(bad_certificate) Empty client certificate chain | certificate_required | bad_certificate",
                "Empty client certificate chain | certificate_required | bad_certificate",
                "(handshake_failure) no cipher suites in common | no_shared_cipher | handshake_failure",
                "(unrecognized_name) Unrecognized server name indication | unrecognized_name | unrecognized_name",
                "(unexpected_message) Unexpected handshake message: finished | unexpected_message | unexpected_message",
                "The Finished message cannot be verified. | bad_record_mac | decrypt_error",
                "Client initiated renegotiation is not allowed | unexpected_message |",
                "(illegal_parameter) Cannot decode RSA premaster secret | illegal_parameter | illegal_parameter",
                "Cannot decode named group: secp256r1 | illegal_parameter | unexpected_message",
                "Fail to unwrap network record: hasRemaining() must be positive | bad_record_mac |",
                "Unrecognized SSL message, plaintext connection? | unexpected_message |",
                "something nobody foresaw | internal_error |",
                "(made_up) something nobody foresaw | internal_error |",
            })
    void textsOfOldAndNewJdksMeanTheSame(String text, String type, String alert) {
        HandshakeVerdict verdict = verdict(text);
        assertThat(verdict.fault().type()).isEqualTo(type);
        assertThat(verdict.tls().alertSent()).isEqualTo(alert);
        assertThat(verdict.tls().alertReceived()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Received fatal alert: unknown_ca, unknown_ca",
        "(unknown_ca) Received fatal alert: unknown_ca, unknown_ca",
        "Received fatal alert: UNKNOWN ALERT (199), unknown_199",
        "received handshake warning: user_canceled, user_canceled",
        "Received close_notify during handshake, close_notify"
    })
    void alertsOfTheClientAreReceivedNotSent(String text, String name) {
        HandshakeVerdict verdict = verdict(text);
        assertThat(verdict.fault().type()).isEqualTo("client_alert_" + name);
        assertThat(verdict.tls().alertReceived()).isEqualTo(name);
        assertThat(verdict.tls().alertSent()).isNull();
    }
}
