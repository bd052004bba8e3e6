package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a client presented, accepted or not: {@code tls.client.*}. Never holds the certificate itself.
 *
 * @param subject RFC 4514 string, possibly empty
 * @param issuer RFC 4514 string, possibly empty
 * @param serialNumber lower-case hexadecimal, no leading zeros, at most {@value #MAX_SERIAL_DIGITS} digits are kept;
 *     {@code null} if it cannot be read
 * @param sha256 of the certificate's DER, lower-case hexadecimal
 * @param notBefore {@code null} if it cannot be read
 * @param notAfter {@code null} if it cannot be read
 * @param subjectAlternativeNames as {@code DNS:…}, {@code URI:…}, {@code IP:…}, {@code EMAIL:…}; the first
 *     {@value #MAX_NAMES} are kept
 * @param subjectAlternativeNamesCount how many there were; above {@value #MAX_NAMES} it is stated in the record
 * @param publicKey such as {@code RSA 2048}, {@code EC secp256r1}, {@code Ed25519}
 * @param chainSha256 of the DER of the certificates that came after it, lower-case hexadecimal, at most
 *     {@value #MAX_CHAIN}
 * @param verified true only if the trust manager accepted it
 */
public record CertificateFacts(
        String subject,
        String issuer,
        @Nullable String serialNumber,
        String sha256,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        List<String> subjectAlternativeNames,
        int subjectAlternativeNamesCount,
        @Nullable String publicKey,
        List<String> chainSha256,
        boolean verified) {
    /** Most names kept. */
    public static final int MAX_NAMES = 16;
    /** Most hashes of further certificates kept. */
    public static final int MAX_CHAIN = 8;
    /** Longest name, in characters. */
    public static final int MAX_NAME_LENGTH = 1024;
    /** Most digits kept of a serial number, where RFC 5280 (section 4.1.2.2) allows 40. */
    public static final int MAX_SERIAL_DIGITS = 128;

    private static final int MAX_KEY_LENGTH = 64;

    public CertificateFacts {
        subject = Text.bounded(subject, MAX_NAME_LENGTH);
        issuer = Text.bounded(issuer, MAX_NAME_LENGTH);
        serialNumber = serialNumber == null ? null : Text.bounded(serialNumber, MAX_SERIAL_DIGITS);
        publicKey = publicKey == null ? null : Text.bounded(publicKey, MAX_KEY_LENGTH);
        subjectAlternativeNames = subjectAlternativeNames.stream()
                .limit(MAX_NAMES)
                .map(name -> Text.bounded(name, MAX_NAME_LENGTH))
                .toList();
        chainSha256 = chainSha256.stream().limit(MAX_CHAIN).toList();
    }

    void describe(RecordWriter record) {
        record.begin("client")
                .put("subject", subject.isEmpty() ? null : subject)
                .put("issuer", issuer.isEmpty() ? null : issuer)
                .put("serial_number", serialNumber)
                .begin("hash")
                .put("sha256", sha256)
                .end()
                .put("not_before", notBefore)
                .put("not_after", notAfter)
                .put("subject_alternative_names", subjectAlternativeNames)
                .put(
                        "subject_alternative_names_count",
                        subjectAlternativeNamesCount > MAX_NAMES ? subjectAlternativeNamesCount : -1)
                .put("public_key", publicKey)
                .put("chain_sha256", chainSha256)
                .put("verified", verified)
                .end();
    }
}
