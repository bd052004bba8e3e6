package io.certrail.tls;

import io.certrail.event.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cause in words, for what was wrong with a certificate. */
final class CertificateWords {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int SHOWN_NAMES = 3;

    private CertificateWords() {}

    /**
     * @param culprit the certificate at fault, {@code null} where unknown
     * @param path the certificates looked at, the client's own first
     */
    static String of(Reason reason, @Nullable X509Certificate culprit, List<X509Certificate> path) {
        String whose = culprit == null ? "" : " of " + name(culprit);
        return switch (reason) {
            case CERTIFICATE_EXPIRED ->
                "certificate expired"
                        + (culprit == null ? "" : " on " + culprit.getNotAfter().toInstant() + ": " + name(culprit));
            case CERTIFICATE_NOT_YET_VALID ->
                "certificate not yet valid"
                        + (culprit == null
                                ? ""
                                : " until " + culprit.getNotBefore().toInstant() + ": " + name(culprit));
            case CERTIFICATE_REVOKED -> "certificate revoked: the one" + whose;
            case REVOCATION_UNKNOWN ->
                "revocation status unknown: no valid CRL or OCSP answer for the certificate" + whose;
            case BAD_CERTIFICATE_SIGNATURE -> "certificate signature failure in the certificate" + whose;
            case WEAK_CERTIFICATE -> "too weak: the certificate" + whose + strength(culprit);
            case INVALID_CA -> "invalid CA: the issuing certificate" + whose + " is not a CA";
            case PATH_LENGTH_EXCEEDED ->
                "path length exceeded: more intermediate CAs than allowed, at the certificate" + whose;
            case NAME_CONSTRAINTS_VIOLATED ->
                "name constraints" + constrainers(path) + " do not permit the names" + whose + names(culprit);
            case POLICY_VIOLATED -> "certificate policies along the chain do not allow the certificate" + whose;
            case UNKNOWN_CRITICAL_EXTENSION -> "unknown critical extension in the certificate" + whose;
            default -> "unknown CA: the chain leads to no trust anchor";
        };
    }

    private static String name(X509Certificate certificate) {
        return DistinguishedName.brief(certificate.getSubjectX500Principal());
    }

    private static String strength(@Nullable X509Certificate culprit) {
        return culprit == null
                ? ""
                : " (" + culprit.getSigAlgName() + ", " + PublicKeyName.of(culprit.getPublicKey()) + ")";
    }

    private static String constrainers(List<X509Certificate> path) {
        String names = path.stream()
                .filter(certificate -> certificate.getExtensionValue(NAME_CONSTRAINTS) != null)
                .map(certificate -> DistinguishedName.brief(certificate.getSubjectX500Principal()))
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "" : " of " + names;
    }

    private static String names(@Nullable X509Certificate culprit) {
        String names = culprit == null ? "" : AlternativeNames.some(culprit, SHOWN_NAMES);
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
