package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** Why no way leads from a certificate to a trust anchor. */
final class BrokenPath {
    private BrokenPath() {}

    static Fault fault(CertificationPath path, Signatures signatures) {
        X509Certificate last = path.last();
        X509Certificate impostor = path.impostor();
        if (CertificationPath.isSelfIssued(last) && signatures.isSigned(last, last)) {
            return ownIssuer(path);
        }
        if (impostor != null) {
            return impostor(last, impostor);
        }
        if (path.isCircle(signatures)) {
            return Fault.of(
                    Reason.UNKNOWN_CA,
                    "unknown CA: those of the chain issued each other, up to "
                            + DistinguishedName.brief(last.getSubjectX500Principal())
                            + ", and none is a trust anchor");
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

    /**
     * Where all is well but for the key identifiers: the JDK takes no anchor whose key is not the one that the
     * certificate names. RFC 5280 section 4.2.1.1.
     */
    static Optional<Fault> otherKey(X509Certificate last, X509Certificate anchor) {
        return KeyIdentifiers.agree(last, anchor)
                .filter(agree -> !agree)
                .map(no -> Fault.of(
                        Reason.UNKNOWN_CA,
                        "unknown CA: the certificate of "
                                + DistinguishedName.brief(last.getSubjectX500Principal())
                                + " names another key of its issuer's (authority key identifier) than that of the trust"
                                + " anchor " + DistinguishedName.brief(anchor.getSubjectX500Principal())));
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
