package io.certrail.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of certificates.
 *
 * @param next cursor of the page that follows; {@code null}: this is the last
 */
public record CertificatePage(List<SeenCertificate> certificates, @Nullable String next) {
    public CertificatePage {
        certificates = List.copyOf(certificates);
    }
}
