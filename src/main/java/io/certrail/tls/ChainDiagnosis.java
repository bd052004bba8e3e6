package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A second look at a chain that was refused, to name what the trust manager did not: first the way to a trust anchor by
 * names and signatures, then RFC 5280 section 6.1 along that way, then whether the certificate may be used by a client.
 * Never changes a verdict. Revocation is not looked at. Verifies signatures, within the bounds of
 * {@link Signatures}: keep it off the handshake's path.
 */
final class ChainDiagnosis {
    private ChainDiagnosis() {}

    /**
     * What is wrong with a chain. Never throws.
     *
     * @param presented the chain as presented, the client's own certificate first
     * @param anchors whom the server trusts
     * @param at when it was refused
     * @param signatures tells afterwards whether all was looked at
     * @return empty where nothing wrong is seen
     */
    static Optional<Fault> diagnose(
            X509Certificate[] presented, List<X509Certificate> anchors, Instant at, Signatures signatures) {
        if (presented.length == 0) {
            return Optional.empty();
        }
        try {
            CertificationPath path = CertificationPath.of(presented, anchors, signatures);
            X509Certificate anchor = path.anchor();
            return anchor == null
                    ? Optional.of(BrokenPath.fault(path, signatures)).filter(fault -> !signatures.isIncomplete())
                    : BrokenPath.otherKey(path.last(), anchor)
                            .or(() -> along(path, anchor, at, signatures))
                            .or(() -> ClientUse.fault(presented[0]));
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Optional<Fault> along(
            CertificationPath path, X509Certificate anchor, Instant at, Signatures signatures) {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path.certificates()), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return PathFault.of(e, path, anchor, signatures);
        } catch (GeneralSecurityException e) {
            return Optional.of(Fault.of(Reason.BAD_CERTIFICATE, "the chain presented cannot be examined"));
        }
    }
}
