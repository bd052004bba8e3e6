package io.certrail.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.Arrays;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClearMessageTest {
    private static final byte[] HELLO = Hello.tls12().bytes();
    private static final byte[] POINT = Hello.vector(1, new byte[65]);
    private static final byte[] SECRET = Hello.vector(2, new byte[256]);
    private static final byte[] CERTIFICATES = Hello.vector(3, Hello.vector(3, new byte[40]));
    private static final byte[] SIGNATURE = Hello.join(new byte[] {4, 3}, Hello.vector(2, new byte[70]));

    /** JSSE leaves them out of what it computes the client's signature over (tried with JDK 17). */
    @ParameterizedTest
    @CsvSource({
        "Invalid CertificateVerify signature, bad_certificate_verify",
        "The Finished message cannot be verified., decrypt_error",
        "Tag mismatch!, bad_record_mac"
    })
    void bytesAfterAMessagesEndAreWhyLaterChecksFail(String said, String otherwise) {
        assertThat(fault(said, flight(CERTIFICATES, POINT, SIGNATURE)).type()).isEqualTo(otherwise);
        assertThat(fault(said, flight(CERTIFICATES, SECRET, SIGNATURE)).type()).isEqualTo(otherwise);

        longer(said, "Certificate", flight(longer(CERTIFICATES), POINT, SIGNATURE));
        longer(said, "ClientKeyExchange", flight(CERTIFICATES, longer(POINT), SIGNATURE));
        longer(said, "ClientKeyExchange", flight(CERTIFICATES, longer(SECRET), SIGNATURE));
        longer(said, "CertificateVerify", flight(CERTIFICATES, POINT, longer(SIGNATURE)));
        byte[] body = Arrays.copyOfRange(HELLO, TlsRecord.HEADER + 4, HELLO.length + 1);
        longer(said, "ClientHello", Hello.record(22, 0x0303, Hello.message(1, body)));
    }

    @Test
    void helloThatIsOddInAnotherWayIsNotWhy() {
        byte[] odd = Hello.tls12()
                .compression(1, 0)
                .extension(4711, new byte[0])
                .extension(4711, new byte[0])
                .bytes();

        assertThat(fault("Invalid CertificateVerify signature", odd).type())
                .isEqualTo(Reason.BAD_CERTIFICATE_VERIFY.id());
    }

    @Test
    void messagesThatBreakOffAreReadAsFarAsTheyGo() {
        byte[] all = Hello.join(HELLO, flight(longer(CERTIFICATES), longer(POINT), longer(SIGNATURE)));
        for (int length = 0; length < all.length; length++) {
            byte[] part = Arrays.copyOf(all, length);
            long longer = ClearMessage.all(part, TlsRecord.all(part)).stream()
                    .filter(ClearMessage::hasTrailingBytes)
                    .count();
            assertThat(longer).isLessThan(3);
        }
    }

    private static void longer(String said, String message, byte[] flight) {
        Fault fault = fault(said, flight);
        assertThat(fault.type()).isEqualTo(Reason.DECODE_ERROR.id());
        assertThat(fault.message())
                .startsWith("malformed " + message + ", though the server let it pass: bytes follow its end; ");
    }

    private static Fault fault(String said, byte[] flight) {
        byte[] sent = flight[TlsRecord.HEADER] == 1 ? flight : Hello.join(HELLO, flight);
        return new HandshakeClassifier()
                .classify(HandshakeFacts.ending(Ending.FAILED)
                        .received(sent, sent.length, new byte[0])
                        .failure(new SSLHandshakeException(said))
                        .build())
                .fault();
    }

    private static byte[] flight(byte[] certificates, byte[] key, byte[] signature) {
        return Hello.join(
                Hello.record(22, 0x0303, Hello.message(11, certificates)),
                Hello.record(22, 0x0303, Hello.join(Hello.message(16, key), Hello.message(15, signature))));
    }

    private static byte[] longer(byte[] body) {
        return Arrays.copyOf(body, body.length + 1);
    }
}
