package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.X509Certificate;

/** Why no way leads from a certificate to a trust anchor. */
final class BrokenPath {
    private BrokenPath() {}

    static Fault fault(CertificationPath path) {
        X509Certificate last = path.last();
        X509Certificate impostor = path.impostor();
        if (CertificationPath.isSelfIssued(last) && CertificationPath.isSigned(last, last)) {
            return ownIssuer(path);
        }
        if (impostor != null) {
            return impostor(last, impostor);
        }
        return Fault.of(
                Reason.UNKNOWN_CA,
                "unknown CA: the issuer " + DistinguishedName.brief(last.getIssuerX500Principal())
                        + " is no trust anchor and was not presented");
    }

    private static Fault ownIssuer(CertificationPath path) {
        String name = DistinguishedName.brief(path.last().getSubjectX500Principal());
        return path.certificates().size() == 1
                ? Fault.of(Reason.SELF_SIGNED, "self-signed certificate of " + name + ", which is no trust anchor")
                : Fault.of(Reason.UNKNOWN_CA, "unknown CA: the chain ends in " + name + ", which is no trust anchor");
    }

    /** Where the key identifiers tell that another key signed, a CA of the same name did; else the bytes were changed. */
    private static Fault impostor(X509Certificate certificate, X509Certificate issuer) {
        String name = DistinguishedName.brief(issuer.getSubjectX500Principal());
        boolean otherKey = KeyIdentifiers.agree(certificate, issuer)
                .filter(agree -> !agree)
                .isPresent();
        return otherKey
                ? Fault.of(
                        Reason.UNKNOWN_CA, "unknown CA: another one of the same name as " + name + ", with another key")
                : Fault.of(
                        Reason.BAD_CERTIFICATE_SIGNATURE,
                        "certificate signature failure: the signature does not verify with the key of " + name);
    }
}
