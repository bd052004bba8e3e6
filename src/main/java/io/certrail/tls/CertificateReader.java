package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads what a record states of a certificate, whatever it holds. */
public final class CertificateReader {
    private CertificateReader() {}

    /**
     * The facts of a chain. Never throws: a part that cannot be read is left empty.
     *
     * @param chain the certificate that was presented, then those that came with it; not empty
     * @param verified whether the trust manager accepted it
     */
    public static CertificateFacts read(X509Certificate[] chain, boolean verified) {
        X509Certificate leaf = chain[0];
        List<Der> names = guarded(() -> AlternativeNames.of(leaf), List.of());
        return new CertificateFacts(
                guarded(() -> DistinguishedName.of(leaf.getSubjectX500Principal()), ""),
                guarded(() -> DistinguishedName.of(leaf.getIssuerX500Principal()), ""),
                orNull(() -> serial(leaf.getSerialNumber())),
                sha256(leaf),
                orNull(() -> leaf.getNotBefore().toInstant()),
                orNull(() -> leaf.getNotAfter().toInstant()),
                names.stream()
                        .limit(CertificateFacts.MAX_NAMES)
                        .map(name -> guarded(() -> AlternativeNames.text(name), "unreadable"))
                        .toList(),
                names.size(),
                publicKey(leaf),
                Stream.of(chain)
                        .skip(1)
                        .limit(CertificateFacts.MAX_CHAIN)
                        .map(CertificateReader::sha256)
                        .toList(),
                verified);
    }

    /** The chain that came with a session; {@code null} if none did. */
    public static X509Certificate @Nullable [] chain(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .filter(X509Certificate.class::isInstance)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static @Nullable String publicKey(X509Certificate certificate) {
        return orNull(() -> PublicKeyName.of(certificate.getPublicKey()));
    }

    /**
     * A negative number, which RFC 5280 forbids, keeps its sign. Of one of any length a record keeps the first digits: no more
     * are made than show that there were more.
     */
    static String serial(BigInteger number) {
        int excess = (number.abs().bitLength() + 3) / 4 - (CertificateFacts.MAX_SERIAL_DIGITS + 1);
        return excess <= 0
                ? number.toString(16)
                : (number.signum() < 0 ? "-" : "")
                        + number.abs().shiftRight(4 * excess).toString(16);
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return sha256(certificate.getEncoded());
        } catch (CertificateEncodingException | RuntimeException e) {
            return "";
        }
    }

    static String sha256(byte[] der) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static <T> @Nullable T orNull(Supplier<? extends @Nullable T> part) {
        try {
            return part.get();
        } catch (RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static <T> T guarded(Supplier<T> part, T otherwise) {
        try {
            T value = part.get();
            return value == null ? otherwise : value;
        } catch (RuntimeException | StackOverflowError e) {
            return otherwise;
        }
    }
}
