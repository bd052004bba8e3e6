package io.certrail.index;

import io.certrail.index.RecordFilter.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a certificate, all of which must hold.
 *
 * @param equal fields of certificates only, each with the values of which it must have one
 * @param subjectPart of the subject, in lower case
 */
public record CertificateCondition(Map<Field, List<String>> equal, @Nullable String subjectPart) {
    /** No condition. */
    public static final CertificateCondition NONE = new CertificateCondition(Map.of(), null);

    public CertificateCondition {
        equal = Map.copyOf(equal);
        if (!equal.keySet().stream().allMatch(Field::isOfCertificate)) {
            throw new IllegalArgumentException("expected fields of certificates, not " + equal.keySet());
        }
    }

    boolean holdsPart(@Nullable PresentedCertificate certificate) {
        return subjectPart == null
                || (certificate != null
                        && certificate.subject().toLowerCase(Locale.ROOT).contains(subjectPart));
    }

    static List<String> values(Field field, @Nullable PresentedCertificate certificate) {
        if (certificate == null) {
            return List.of();
        }
        return switch (field) {
            case SUBJECT -> List.of(certificate.subject());
            case ISSUER -> List.of(certificate.issuer());
            case SERIAL -> List.of(certificate.serial());
            case SHA256 -> List.of(certificate.sha256());
            case SAN -> certificate.names();
            default -> throw new IllegalArgumentException("no field of a certificate: " + field);
        };
    }
}
