package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a certificate may be used by a TLS client (RFC 5280 sections 4.2.1.3 and 4.2.1.12). */
final class ClientUse {
    private static final Set<String> CLIENT = Set.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private ClientUse() {}

    static Optional<Fault> fault(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes != null && purposes.stream().noneMatch(CLIENT::contains)) {
                return wrong("extended key usage lacks TLS client authentication");
            }
        } catch (CertificateParsingException e) {
            return Optional.of(Fault.of(Reason.BAD_CERTIFICATE, "an extension of the certificate cannot be read"));
        }
        boolean[] usage = certificate.getKeyUsage();
        return usage != null && usage.length > 0 && !usage[0]
                ? wrong("key usage lacks digitalSignature")
                : Optional.empty();
    }

    private static Optional<Fault> wrong(String message) {
        return Optional.of(Fault.of(Reason.WRONG_KEY_USAGE, message));
    }
}
