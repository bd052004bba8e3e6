package io.certrail.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * The certificate that a client of TLS 1.2 sends in clear (RFC 5246 section 7.4.6), for where the engine refuses the
 * message before any trust manager sees it, as it does with a chain that is too long.
 */
final class ClearCertificate {
    private static final int CERTIFICATE = 11;
    private static final int MESSAGE_HEADER = 4;
    /** Length of a length. */
    private static final int U24 = 3;

    private ClearCertificate() {}

    /** The client's own certificate, if it came whole and can be read. */
    static Optional<X509Certificate> of(ReceivedBytes received) {
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

    private static Optional<X509Certificate> read(byte[] messages, int from, int length) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(messages, from, length)));
        } catch (CertificateException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
