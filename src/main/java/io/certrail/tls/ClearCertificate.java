package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/**
 * The certificate that a client of TLS 1.2 sends in clear (RFC 5246 section 7.4.6), for where the engine refuses the
 * message before any trust manager sees it, as it does with a chain that is too long, or a certificate that it cannot
 * read.
 */
final class ClearCertificate {
    private static final int CERTIFICATE = 11;
    private static final int MESSAGE_HEADER = 4;
    /** Length of a length. */
    private static final int U24 = 3;

    private ClearCertificate() {}

    /** What the client's own certificate says, if it came whole. */
    static Optional<CertificateFacts> of(ReceivedBytes received) {
        byte[] messages = TlsRecord.handshake(received.first(), received.records());
        int at = received.hello().isPresent() ? TlsRecord.messageLength(received.first(), received.records()) : 0;
        int certificate = at + MESSAGE_HEADER + U24;
        if (at == 0 || certificate + U24 > messages.length || messages[at] != CERTIFICATE) {
            return Optional.empty();
        }
        int length = ((messages[certificate] & 0xFF) << 16) | TlsRecord.u16(messages, certificate + 1);
        int from = certificate + U24;
        return length > messages.length - from ? Optional.empty() : read(messages, from, length);
    }

    private static Optional<CertificateFacts> read(byte[] messages, int from, int length) {
        try {
            Certificate read = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(messages, from, length));
            return Optional.of(CertificateReader.read(new X509Certificate[] {(X509Certificate) read}, false));
        } catch (CertificateException | RuntimeException e) {
            return UnreadableCertificate.facts(Arrays.copyOfRange(messages, from, from + length));
        }
    }
}
