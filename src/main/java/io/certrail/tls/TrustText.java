package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What the trust managers of JDK 17 to 25 say of a chain where neither the type nor the reason of an exception tells,
 * and the chain itself does not either.
 */
final class TrustText {
    /** Looked at in this order; the first whose text occurs counts. */
    private static final List<Row> ROWS = List.of(
            row("TrustAnchor with subject", Reason.INVALID_CA, "invalid CA"),
            row("arrowing, widening", Reason.NAME_CONSTRAINTS_VIOLATED, "name constraints that cannot be judged"),
            row("ame constraint", Reason.NAME_CONSTRAINTS_VIOLATED, "name constraints that cannot be judged"),
            row("NameConstraints", Reason.NAME_CONSTRAINTS_VIOLATED, "name constraints that cannot be judged"),
            row("OCSP", Reason.REVOCATION_UNKNOWN, "revocation status unknown"),
            row("esponder", Reason.REVOCATION_UNKNOWN, "revocation status unknown"),
            row("Nonces", Reason.REVOCATION_UNKNOWN, "revocation status unknown"),
            row("CRL", Reason.REVOCATION_UNKNOWN, "revocation status unknown"),
            row("evocation", Reason.REVOCATION_UNKNOWN, "revocation status unknown"),
            row("olicies", Reason.POLICY_VIOLATED, "certificate policies"),
            row("olicyOIDs", Reason.POLICY_VIOLATED, "certificate policies"),
            row("checking mapping", Reason.POLICY_VIOLATED, "certificate policies"),
            row("critical extension", Reason.UNKNOWN_CRITICAL_EXTENSION, "unknown critical extension"),
            row("tried to act as a CA", Reason.INVALID_CA, "invalid CA"),
            row("expected keyCertSign", Reason.INVALID_CA, "invalid CA"),
            row("is NOT a CA", Reason.INVALID_CA, "invalid CA"),
            row("extension for SSL CA", Reason.INVALID_CA, "invalid CA"),
            row("path length constraints", Reason.PATH_LENGTH_EXCEEDED, "path length exceeded"),
            row("KeyUsage does not allow", Reason.WRONG_KEY_USAGE, "wrong key usage"),
            row("does not permit use for", Reason.WRONG_KEY_USAGE, "wrong key usage"),
            row("Untrusted certificate", Reason.BAD_CERTIFICATE, "bad certificate: one that the JDK blocks"));

    private TrustText() {}

    private static Row row(String needle, Reason reason, String words) {
        return new Row(needle, reason, words);
    }

    /**
     * One line of the table.
     *
     * @param words before the trust manager's own
     */
    private record Row(String needle, Reason reason, String words) {}

    static Optional<Fault> fault(String text) {
        return ROWS.stream()
                .filter(row -> text.contains(row.needle))
                .findFirst()
                .map(row -> Fault.of(row.reason, row.words + ": " + text));
    }
}
