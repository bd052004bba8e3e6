package io.certrail.scan.judge;

import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.probe.Credential.Presented;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How records name a certificate. */
final class Identity {
    private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([\\w .@-]+)");
    /** An attribute of a subject, RFC 2253. */
    private static final Pattern ATTRIBUTE = Pattern.compile("(?:^|[,+])(?<type>\\w[\\w.-]*)=(?<value>[^,+]+)");

    /** The colons within a number, of which the first pair may lack its zero; not one between a name and a number. */
    private static final Pattern BETWEEN_PAIRS =
            Pattern.compile("(?<=(?<![0-9a-z])[0-9a-f]{1,2}):(?=[0-9a-f]{2}(?![0-9a-z]))");

    private static final int PEM_LINE = 64;
    /** Digits of a serial number that was drawn: of 63 random bits at least, which seldom have fewer. */
    private static final int LONG = 15;

    private final Presented presented;
    private final Pattern ownName;
    private final Pattern ownNameInText;
    private final String pem;
    private final Pattern serial;
    private final Pattern names;

    Identity(Presented presented) {
        this.presented = presented;
        Matcher name = COMMON_NAME.matcher(presented.subject());
        boolean named = name.find();
        // which may be the beginning of another's, such as the authority's
        String own = Pattern.quote(named ? name.group(1) : presented.subject()) + "(?![-.]?[A-Za-z0-9])";
        this.ownName = Pattern.compile("(?<![\\w-])" + own);
        this.ownNameInText = named ? Pattern.compile("CN=" + own) : ownName;
        this.pem = presented.base64();
        this.serial = serialInText();
        this.names = names(presented.subject());
    }

    /** By subject, serial number or fingerprint. */
    boolean isStated(LogRecord record) {
        return hasFingerprint(record) || hasSerial(record) || hasSubject(record);
    }

    /** By what no other certificate has: its fingerprint, or a serial number too long to be another authority's, too. */
    boolean isStatedUniquely(LogRecord record) {
        return hasFingerprint(record) || (hasLongSerial() && hasSerial(record));
    }

    private boolean hasFingerprint(LogRecord record) {
        String text = plain(record.text());
        return text.contains(presented.sha256()) || text.contains(presented.sha1());
    }

    private boolean hasSerial(LogRecord record) {
        return record.get(Field.SERIAL).map(this::isSerial).orElseGet(() -> serial.matcher(plain(record.text()))
                .find());
    }

    private boolean hasLongSerial() {
        return presented.serial().length() >= LONG;
    }

    /** In hexadecimal, with or without colons and leading zeros, or in decimal as Go writes it. */
    private boolean isSerial(String stated) {
        String digits = plain(stated).replaceFirst("^(0x)?0*", "");
        return digits.equals(presented.serial()) || stated.equals(decimal());
    }

    private String decimal() {
        return new BigInteger(presented.serial(), 16).toString();
    }

    private static String plain(String text) {
        return BETWEEN_PAIRS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** Of a serial number in free text: named as one, or so long that it can be nothing else; never a part of another. */
    private Pattern serialInText() {
        String digits = "(?:0x)?0*(?:" + presented.serial() + "|" + decimal() + ")(?![0-9a-z])";
        String named = "serial(?:[ _-]?(?:number|num|no|nr)\\b)?[^0-9a-z]{0,4}" + digits;
        return Pattern.compile(hasLongSerial() ? named + "|(?<![0-9a-z])" + digits : named);
    }

    private boolean hasSubject(LogRecord record) {
        return record.get(Field.SUBJECT)
                .map(subject -> ownName.matcher(subject).find())
                .orElseGet(() -> ownNameInText
                        .matcher(record.text().replaceAll("\\s*=\\s*", "="))
                        .find());
    }

    /** What a record says besides the certificate's own names, which may read like reasons: {@code CN=revoked}. */
    String besidesNames(LogRecord record) {
        String text = record.text();
        return besidesNames(record.get(Field.SUBJECT)
                .map(subject ->
                        wholeValue(subject, record.structured()).matcher(text).replaceFirst(""))
                .orElse(text));
    }

    /** Not within another one, as "certificate has expired"; in a structured record's text each has lines of its own. */
    private static Pattern wholeValue(String value, boolean structured) {
        String other = structured ? "[^\n]" : "\\S";
        return Pattern.compile("(?<!" + other + ")" + Pattern.quote(value) + "(?!" + other + ")");
    }

    /** Likewise of any text. */
    String besidesNames(String text) {
        return names.matcher(text).replaceAll("");
    }

    private static Pattern names(String subject) {
        List<String> all = new ArrayList<>();
        for (Matcher attribute = ATTRIBUTE.matcher(subject); attribute.find(); ) {
            String type = attribute.group("type");
            String named = type.equals("CN") ? "(?:CN|common[_ ]?name|subject)" : Pattern.quote(type);
            all.add(named + "[\"']?\\s*[=:]\\s*[\"']?" + Pattern.quote(attribute.group("value")) + "(?!\\w)");
        }
        return Pattern.compile("(?<![a-z])(?:" + String.join("|", all) + ")", Pattern.CASE_INSENSITIVE);
    }

    /** Whether the line holds the certificate itself: the second line of its PEM form, be it encoded for a URL or JSON. */
    boolean isWholeIn(String line) {
        return pem.length() > 2 * PEM_LINE && decoded(line).contains(pem.substring(PEM_LINE, 2 * PEM_LINE));
    }

    /** What base64 has of characters that are encoded (RFC 3986 section 2.1, RFC 8259 section 7), as they are. */
    private static String decoded(String line) {
        return line.replace("\\/", "/")
                .replace("%2B", "+")
                .replace("%2b", "+")
                .replace("%2F", "/")
                .replace("%2f", "/");
    }
}
