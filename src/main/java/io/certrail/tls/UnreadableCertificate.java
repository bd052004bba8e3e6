package io.certrail.tls;

import io.certrail.event.CertificateFacts;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    private final List<Der> parts;

    private UnreadableCertificate(List<Der> parts) {
        this.parts = parts;
    }

    /** What it says as far as it can be read, by the JDK or here: of what is no certificate at all, its hash. */
    static CertificateFacts read(byte[] der) {
        try {
            Certificate read =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return CertificateReader.read(new X509Certificate[] {(X509Certificate) read}, false);
        } catch (CertificateException | RuntimeException e) {
            return new UnreadableCertificate(parts(der)).facts(der);
        }
    }

    /** From the serial number on; none where this is no certificate. */
    private static List<Der> parts(byte[] der) {
        List<Der> parts = Der.read(der)
                .map(Der::children)
                .filter(certificate -> !certificate.isEmpty())
                .map(certificate -> certificate.get(0).children())
                .orElse(List.of());
        List<Der> named = !parts.isEmpty() && parts.get(0).tag() == VERSION ? parts.subList(1, parts.size()) : parts;
        boolean certificate = named.size() > SUBJECT
                && named.get(SERIAL_NUMBER).tag() == INTEGER
                && named.get(SUBJECT).tag() == SEQUENCE;
        return certificate ? named : List.of();
    }

    private CertificateFacts facts(byte[] der) {
        return new CertificateFacts(
                name(SUBJECT),
                name(ISSUER),
                serialNumber(),
                CertificateReader.sha256(der),
                time(0),
                time(1),
                List.of(),
                0,
                null,
                List.of(),
                false);
    }

    private String name(int which) {
        return parts.isEmpty() ? "" : DistinguishedName.of(parts.get(which));
    }

    private @Nullable String serialNumber() {
        byte[] serial = parts.isEmpty() ? new byte[0] : parts.get(SERIAL_NUMBER).content();
        return serial.length == 0 ? null : CertificateReader.serial(new BigInteger(serial));
    }

    private @Nullable Instant time(int which) {
        List<Der> validity = parts.isEmpty() ? List.of() : parts.get(VALIDITY).children();
        if (which >= validity.size()) {
            return null;
        }
        Der time = validity.get(which);
        String text = new String(time.content(), StandardCharsets.US_ASCII);
        try {
            boolean isShort = time.tag() == UTC_TIME;
            String century = !isShort ? "" : Integer.parseInt(text.substring(0, 2)) < PIVOT ? "20" : "19";
            return OffsetDateTime.parse(century + text, TIME).toInstant();
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
