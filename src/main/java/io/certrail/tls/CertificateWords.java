package io.certrail.tls;

import io.certrail.event.Reason;
import io.certrail.event.Text;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cause in words, for what was wrong with a certificate. */
final class CertificateWords {
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int SHOWN_NAMES = 3;
    private static final int MAX_DETAIL = 120;

    private final Reason reason;
    private final CertPathValidatorException said;
    private final List<X509Certificate> path;
    private final List<X509Certificate> anchors;
    private final Signatures signatures;
    private final @Nullable X509Certificate culprit;

    private CertificateWords(
            Reason reason,
            CertPathValidatorException said,
            List<X509Certificate> path,
            List<X509Certificate> anchors,
            Signatures signatures,
            @Nullable X509Certificate culprit) {
        this.reason = reason;
        this.said = said;
        this.path = path;
        this.anchors = anchors;
        this.signatures = signatures;
        this.culprit = culprit;
    }

    /**
     * @param path the certificates looked at, the client's own first
     * @param anchors whom the server trusts, as far as known
     */
    static String of(
            Reason reason,
            CertPathValidatorException said,
            List<X509Certificate> path,
            List<X509Certificate> anchors,
            Signatures signatures) {
        int index = said.getIndex();
        X509Certificate culprit = index >= 0 && index < path.size() ? path.get(index) : revoked(said, path);
        return new CertificateWords(reason, said, path, anchors, signatures, culprit).words();
    }

    /** Where nothing is known but the reason and whose certificate it is. */
    static String of(Reason reason, X509Certificate culprit) {
        var said = new CertPathValidatorException("");
        return new CertificateWords(reason, said, List.of(culprit), List.of(), Signatures.none(), culprit).words();
    }

    private String words() {
        return switch (reason) {
            case CERTIFICATE_EXPIRED ->
                "certificate expired"
                        + (culprit == null ? "" : " on " + culprit.getNotAfter().toInstant() + ": " + name(culprit));
            case CERTIFICATE_NOT_YET_VALID ->
                "certificate not yet valid"
                        + (culprit == null
                                ? ""
                                : " until " + culprit.getNotBefore().toInstant() + ": " + name(culprit));
            case CERTIFICATE_REVOKED -> "certificate revoked" + when() + (culprit == null ? "" : ": " + name(culprit));
            case REVOCATION_UNKNOWN ->
                "revocation status unknown: no valid CRL or OCSP answer for the certificate" + whose();
            case BAD_CERTIFICATE_SIGNATURE -> "certificate signature failure in the certificate" + whose();
            case WEAK_CERTIFICATE -> "too weak: the certificate" + whose() + strength();
            case INVALID_CA ->
                "invalid CA: the issuing certificate" + whose()
                        + (said.getReason() == PKIXReason.INVALID_KEY_USAGE
                                ? " may not sign certificates: its key usage lacks keyCertSign"
                                : " is not a CA");
            case PATH_LENGTH_EXCEEDED ->
                "path length exceeded: more intermediate CAs than allowed, at the certificate" + whose();
            case NAME_CONSTRAINTS_VIOLATED ->
                "name constraints" + constrainers() + " do not permit the names" + whose() + names();
            case POLICY_VIOLATED -> "certificate policies along the chain do not allow the certificate" + whose();
            case UNKNOWN_CRITICAL_EXTENSION -> "unknown critical extension in the certificate" + whose();
            default -> "unknown CA: the chain leads to no trust anchor";
        };
    }

    private String whose() {
        return culprit == null ? "" : " of " + name(culprit);
    }

    private static String name(X509Certificate certificate) {
        return DistinguishedName.brief(certificate.getSubjectX500Principal());
    }

    private static Optional<CertificateRevokedException> revocation(CertPathValidatorException said) {
        return Evidence.causes(said).stream()
                .filter(CertificateRevokedException.class::isInstance)
                .map(CertificateRevokedException.class::cast)
                .findFirst();
    }

    /** The one whose issuer revoked it, where the validator does not say which: a list's issuer may be of several. */
    private static @Nullable X509Certificate revoked(CertPathValidatorException said, List<X509Certificate> path) {
        List<X509Certificate> issued = revocation(said)
                .map(by -> path.stream()
                        .filter(each -> each.getIssuerX500Principal().equals(by.getAuthorityName()))
                        .toList())
                .orElse(List.of());
        return issued.size() == 1 ? issued.get(0) : null;
    }

    private String when() {
        return revocation(said)
                .map(by -> " on " + by.getRevocationDate().toInstant()
                        + (by.getRevocationReason() == CRLReason.UNSPECIFIED
                                ? ""
                                : " ("
                                        + by.getRevocationReason()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' ') + ")"))
                .orElse("");
    }

    /** What the certificate holds, who signed it with which key, and what of it the validator says is too weak. */
    private String strength() {
        String held = culprit == null ? "" : " (" + culprit.getSigAlgName() + ", " + key(culprit) + signer() + ")";
        String message = String.valueOf(said.getMessage());
        int from = message.indexOf("check failed");
        return from < 0
                ? held
                : held + ": "
                        + Text.bounded(
                                message.substring(from)
                                        .replaceFirst("check failed( on)?:? ?", "")
                                        .replaceFirst("(?s) used with certificate.*", ""),
                                MAX_DETAIL);
    }

    private String signer() {
        return Stream.concat(path.stream(), anchors.stream())
                .filter(each -> culprit != null
                        && each.getSubjectX500Principal().equals(culprit.getIssuerX500Principal())
                        && signatures.isSigned(culprit, each))
                .findFirst()
                .map(issuer -> ", signed by " + name(issuer) + " with " + key(issuer))
                .orElse("");
    }

    private static String key(X509Certificate certificate) {
        return String.valueOf(PublicKeyName.of(certificate.getPublicKey()));
    }

    /** Constraints bind the certificates below the one that states them: RFC 5280 section 4.2.1.10. */
    private String constrainers() {
        String names = path.stream()
                .skip(culprit == null ? 0 : path.indexOf(culprit) + 1L)
                .filter(certificate -> certificate.getExtensionValue(NAME_CONSTRAINTS) != null)
                .map(CertificateWords::name)
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "" : " of " + names;
    }

    private String names() {
        String names = culprit == null ? "" : AlternativeNames.some(culprit, SHOWN_NAMES);
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
