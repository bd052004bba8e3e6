package io.certrail.index;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as a record tells it: {@code tls.client.*}.
 *
 * @param subject RFC 4514 string, empty if it has none
 * @param issuer likewise
 * @param serial lower-case hexadecimal
 * @param sha256 of its DER, lower-case hexadecimal
 * @param verified whether the trust manager had accepted it
 */
public record PresentedCertificate(
        String subject,
        String issuer,
        String serial,
        String sha256,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        List<String> names,
        @Nullable String publicKey,
        boolean verified) {
    public PresentedCertificate {
        names = List.copyOf(names);
    }
}
