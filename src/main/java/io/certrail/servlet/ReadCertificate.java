package io.certrail.servlet;

import io.certrail.event.CertificateFacts;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/** Reads the facts of a presented chain, leaf first. */
@FunctionalInterface
interface ReadCertificate {
    /** Names and hash of the leaf. */
    ReadCertificate STANDARD = (chain, verified) -> {
        X509Certificate leaf = chain[0];
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            BigInteger serial = leaf.getSerialNumber();
            return new CertificateFacts(
                    leaf.getSubjectX500Principal().getName(),
                    leaf.getIssuerX500Principal().getName(),
                    serial.toString(16),
                    HexFormat.of().formatHex(hash),
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant(),
                    List.of(),
                    0,
                    null,
                    List.of(),
                    verified);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    };

    CertificateFacts read(X509Certificate[] chain, boolean verified);
}
