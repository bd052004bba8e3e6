package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
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
                "The Finished message cannot be verified. | decrypt_error | decrypt_error",
                "Client initiated renegotiation is not allowed | unexpected_message |",
                "(illegal_parameter) Cannot decode RSA premaster secret | illegal_parameter | illegal_parameter",
                "(illegal_parameter) Incorect PSK binder value | decrypt_error | illegal_parameter",
                "Incorrect PSK binder value | decrypt_error | illegal_parameter",
                "PSK extension has incorrect number of binders | illegal_parameter | illegal_parameter",
                "Only uncompressed point format supported | illegal_parameter |",
                "Point does not match field size | illegal_parameter |",
                "No sufficient ECDHE/XDH key agreement parameters negotiated | illegal_parameter |",
                "Unexpected content: 20 | unexpected_message | unexpected_message",
                "Client sent PSK but not PSK modes, or the PSK extension is not the last extension | missing_extension | illegal_parameter",
                "No key_share extension to work with the supported_groups extension | missing_extension | missing_extension",
                "Cannot verify CertificateVerify signature | bad_certificate_verify | handshake_failure",
                "ClientKeyExchange for x does not comply with algorithm constraints | illegal_parameter |",
                "Extended Master Secret extension is required | missing_extension |",
                "Invalid key_share extension: insufficient data (length=3) | decode_error |",
                "Invalid renegotiation_info extension data: not empty | decode_error |",
                "Inappropriate finished message: need 12 but remaining 11 bytes verify_data | decode_error |",
                "Incorrect inner plaintext: no content type | unexpected_message | unexpected_message",
                "Invalid Padding length: 219 | bad_record_mac |",
                "Unsupported signature algorithm (0x401) used in CertificateVerify handshake message. | no_shared_signature_algorithm |",
                "Post-handshake not supported in TLSv1.2 | unexpected_message |",
                "Cannot decode named group: secp256r1 | illegal_parameter | unexpected_message",
                "Fail to unwrap network record: hasRemaining() must be positive | bad_record_mac |",
                "Invalid Alert message: no sufficient data | decode_error |",
                "Invalid ec_point_formats extension data: peer does not support uncompressed points | illegal_parameter | illegal_parameter",
                "pre_shared_key extension is not last | illegal_parameter | illegal_parameter",
                "Invalid KeyUpdate message value: <UNKNOWN KeyUpdateRequest TYPE: 2> | illegal_parameter |",
                "newPosition > limit: (21 > 5) | bad_record_mac |",
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

    @Test
    void messageThatIsTooLongAfterTheCertificatesIsNotTheirChain() {
        byte[] hello = Hello.tls13().bytes();
        Fault fault = new HandshakeClassifier()
                .classify(HandshakeFacts.ending(Ending.FAILED)
                        .received(hello, hello.length, hello)
                        .accepted(TestPki.chain(TestPki.root("CN=client")))
                        .failure(new SSLHandshakeException("The size of the handshake message (131104) exceeds 32768"))
                        .build())
                .fault();
        assertThat(fault.message())
                .isEqualTo("illegal length: a handshake message longer than the server takes: "
                        + "one after the client's certificate");
    }

    @Test
    void whatTheEngineSaysOfAMalformedMessageIsToldOnceAndWithoutControls() {
        Fault fault = verdict("Invalid thing\nInvalid thing\nlonger than\u001b[1m it was")
                .fault();
        assertThat(fault.message()).isEqualTo("malformed handshake message (Invalid thing; longer than [1m it was)");
        assertThat(verdict("nobody\nforesaw\u001b[1m this").fault().message()).isEqualTo("nobody; foresaw; [1m this");
        assertThat(verdict("Invalid " + "x".repeat(5000)).fault().message()).hasSizeLessThan(250);
    }

    @ParameterizedTest
    @CsvSource({
        "Received fatal close_notify alert, close_notify",
        "Received fatal alert: unknown_ca, unknown_ca",
        "(unknown_ca) Received fatal alert: unknown_ca, unknown_ca",
        "Received fatal alert: UNKNOWN ALERT (199), unknown_199",
        "Unknown alert description (-56), unknown_200",
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
