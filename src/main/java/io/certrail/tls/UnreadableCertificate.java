package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Whose a certificate claims to be that the JDK does not read: the parts of RFC 5280 section 4.1 that come before
 * whatever it dislikes.
 */
final class UnreadableCertificate {
    private static final int VERSION = 0xA0;
    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int UTC_TIME = 0x17;
    /** Where the parts are, without the version. */
    private static final int SERIAL_NUMBER = 0;

    private static final int ISSUER = 2;
    private static final int VALIDITY = 3;
    private static final int SUBJECT = 4;
    /** RFC 5280 section 4.1.2.5.1: years from 50 on are of the 20th century. */
    private static final int PIVOT = 50;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssX");

    private UnreadableCertificate() {}

    /** Empty where it is no certificate at all. */
    static Optional<CertificateFacts> facts(byte[] der) {
        List<Der> parts = Der.read(der)
                .map(Der::children)
                .filter(certificate -> !certificate.isEmpty())
                .map(certificate -> certificate.get(0).children())
                .orElse(List.of());
        List<Der> named = !parts.isEmpty() && parts.get(0).tag() == VERSION ? parts.subList(1, parts.size()) : parts;
        return named.size() <= SUBJECT
                        || named.get(SERIAL_NUMBER).tag() != INTEGER
                        || named.get(SUBJECT).tag() != SEQUENCE
                ? Optional.empty()
                : Optional.of(facts(der, named));
    }

    private static CertificateFacts facts(byte[] der, List<Der> parts) {
        byte[] serial = parts.get(SERIAL_NUMBER).content();
        List<Der> validity = parts.get(VALIDITY).children();
        return new CertificateFacts(
                DistinguishedName.of(parts.get(SUBJECT)),
                DistinguishedName.of(parts.get(ISSUER)),
                serial.length == 0 ? "" : CertificateReader.serial(new BigInteger(serial)),
                CertificateReader.sha256(der),
                time(validity, 0),
                time(validity, 1),
                List.of(),
                0,
                null,
                List.of(),
                false);
    }

    private static Instant time(List<Der> validity, int which) {
        if (which >= validity.size()) {
            return Instant.EPOCH;
        }
        Der time = validity.get(which);
        String text = new String(time.content(), StandardCharsets.US_ASCII);
        try {
            boolean isShort = time.tag() == UTC_TIME;
            String century = !isShort ? "" : Integer.parseInt(text.substring(0, 2)) < PIVOT ? "20" : "19";
            return OffsetDateTime.parse(century + text, TIME).toInstant();
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
            return Instant.EPOCH;
        }
    }
}
