package io.certrail.scan.probe;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A key and the chain that is presented with it; they need not fit.
 *
 * @param chain the client's own certificate first; not empty
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a credential needs a certificate");
        }
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    Presented presented() {
        return new Presented(
                certificate().getSubjectX500Principal().getName(),
                certificate().getSerialNumber().toString(16),
                fingerprint("SHA-256"),
                fingerprint("SHA-1"),
                Base64.getEncoder().encodeToString(encoded()));
    }

    private String fingerprint(String algorithm) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(encoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private byte[] encoded() {
        try {
            return certificate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /**
     * What a log can say of the certificate.
     *
     * @param subject RFC 2253
     * @param serial lower-case hexadecimal without leading zeros
     * @param sha256 of its DER, lower-case hexadecimal
     * @param sha1 likewise, which nginx and HAProxy tell
     * @param base64 its DER: all of it, which no log should hold
     */
    public record Presented(String subject, String serial, String sha256, String sha1, String base64) {}
}
