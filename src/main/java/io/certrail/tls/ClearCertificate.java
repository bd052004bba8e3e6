package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import java.util.Optional;

/**
 * The certificate that a client of TLS 1.2 sends in clear (RFC 5246 section 7.4.6), for where the engine refuses the
 * message before any trust manager sees it, as it does with a chain that is too long, or a certificate that it cannot
 * read.
 */
final class ClearCertificate {
    private ClearCertificate() {}

    /** What the client's own certificate says, if it came whole. */
    static Optional<CertificateFacts> of(ReceivedBytes received) {
        return received.clearMessages().stream()
                .skip(1)
                .findFirst()
                .filter(message -> message.type() == HandshakeType.CERTIFICATE)
                .flatMap(message -> first(message.octets()));
    }

    private static Optional<CertificateFacts> first(Octets certificates) {
        certificates.u24();
        byte[] certificate = certificates.vector24().rest();
        return certificates.overrun() || certificate.length == 0
                ? Optional.empty()
                : Optional.of(UnreadableCertificate.read(certificate));
    }
}
