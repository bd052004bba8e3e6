package io.certrail.tls;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/** Which key a certificate says it holds, and which key it says signed it (RFC 5280 sections 4.2.1.1 and 4.2.1.2). */
final class KeyIdentifiers {
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final int KEY_IDENTIFIER = 0x80;

    private KeyIdentifiers() {}

    /** Whether the two agree; empty where either says nothing. */
    static Optional<Boolean> agree(X509Certificate certificate, X509Certificate issuer) {
        Optional<byte[]> wanted = value(certificate, AUTHORITY_KEY).flatMap(authority -> authority.children().stream()
                .filter(part -> part.tag() == KEY_IDENTIFIER)
                .map(Der::content)
                .findFirst());
        Optional<byte[]> held = value(issuer, SUBJECT_KEY).map(Der::content);
        return wanted.isPresent() && held.isPresent()
                ? Optional.of(Arrays.equals(wanted.get(), held.get()))
                : Optional.empty();
    }

    private static Optional<Der> value(X509Certificate certificate, String extension) {
        byte[] value = certificate.getExtensionValue(extension);
        return value == null ? Optional.empty() : Der.read(value).flatMap(octets -> Der.read(octets.content()));
    }
}
