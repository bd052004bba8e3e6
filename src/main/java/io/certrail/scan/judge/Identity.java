package io.certrail.scan.judge;

import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.probe.Credential.Presented;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How records name a certificate. */
final class Identity {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([\\w .@-]+)");
    private static final int PEM_LINE = 64;

    private final Presented presented;
    private final String commonName;
    private final String pem;

    Identity(Presented presented) {
        this.presented = presented;
        Matcher name = COMMON_NAME.matcher(presented.subject());
        this.commonName = name.find() ? name.group(1) : presented.subject();
        this.pem = presented.base64();
    }

    /** By subject, serial number or fingerprint. */
    boolean isStated(LogRecord record) {
        return isStatedExactly(record) || hasSubject(record);
    }

    /** By serial number or fingerprint. */
    boolean isStatedExactly(LogRecord record) {
        String text = record.text().toLowerCase(Locale.ROOT).replace(":", "");
        return text.contains(presented.sha256())
                || text.contains(presented.sha1())
                || record.get(Field.SERIAL).map(this::isSerial).orElseGet(() -> text.contains(presented.serial()));
    }

    /** In hexadecimal, with or without colons and leading zeros, or in decimal as Go writes it. */
    private boolean isSerial(String stated) {
        String plain = stated.toLowerCase(Locale.ROOT).replace(":", "").replaceFirst("^(0x)?0*", "");
        return plain.equals(presented.serial()) || stated.equals(new BigInteger(presented.serial(), 16).toString());
    }

    private boolean hasSubject(LogRecord record) {
        return record.get(Field.SUBJECT)
                .map(subject -> subject.contains(commonName))
                .orElseGet(() -> record.text().replaceAll("\\s*=\\s*", "=").contains("CN=" + commonName));
    }

    /** Whether the line holds the certificate itself: the second line of its PEM form. */
    boolean isWholeIn(String line) {
        return pem.length() > 2 * PEM_LINE && line.contains(pem.substring(PEM_LINE, 2 * PEM_LINE));
    }
}
