package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the structure of a path validator's exception says. */
final class PathFault {
    private static final Map<CertPathValidatorException.Reason, Reason> REASONS = Map.ofEntries(
            Map.entry(BasicReason.EXPIRED, Reason.CERTIFICATE_EXPIRED),
            Map.entry(BasicReason.NOT_YET_VALID, Reason.CERTIFICATE_NOT_YET_VALID),
            Map.entry(BasicReason.REVOKED, Reason.CERTIFICATE_REVOKED),
            Map.entry(BasicReason.UNDETERMINED_REVOCATION_STATUS, Reason.REVOCATION_UNKNOWN),
            Map.entry(BasicReason.INVALID_SIGNATURE, Reason.BAD_CERTIFICATE_SIGNATURE),
            Map.entry(BasicReason.ALGORITHM_CONSTRAINED, Reason.WEAK_CERTIFICATE),
            Map.entry(PKIXReason.NAME_CHAINING, Reason.UNKNOWN_CA),
            Map.entry(PKIXReason.NO_TRUST_ANCHOR, Reason.UNKNOWN_CA),
            Map.entry(PKIXReason.INVALID_KEY_USAGE, Reason.INVALID_CA),
            Map.entry(PKIXReason.INVALID_POLICY, Reason.POLICY_VIOLATED),
            Map.entry(PKIXReason.UNRECOGNIZED_CRIT_EXT, Reason.UNKNOWN_CRITICAL_EXTENSION),
            Map.entry(PKIXReason.NOT_CA_CERT, Reason.INVALID_CA),
            Map.entry(PKIXReason.PATH_TOO_LONG, Reason.PATH_LENGTH_EXCEEDED),
            Map.entry(PKIXReason.INVALID_NAME, Reason.NAME_CONSTRAINTS_VIOLATED));

    private PathFault() {}

    static Optional<Reason> reason(CertPathValidatorException e) {
        return Optional.ofNullable(REASONS.get(e.getReason()));
    }

    static Optional<Fault> of(
            CertPathValidatorException e, CertificationPath path, X509Certificate anchor, Signatures signatures) {
        return reason(e)
                .map(reason -> Fault.of(
                        reason, CertificateWords.of(reason, e, path.certificates(), List.of(anchor), signatures)));
    }
}
