package io.certrail.tls;

import io.certrail.event.Text;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * A distinguished name as an RFC 4514 string. Values are text wherever they are a string of any kind, also under a type
 * without a short name (which RFC 4514 section 2.4 would write as hexadecimal digits: this is for reading).
 */
final class DistinguishedName {
    /** RFC 4514 section 3, RFC 4519, and those that certificates commonly have. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "STREET"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.13", "description"),
            Map.entry("2.5.4.15", "businessCategory"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.42", "givenName"),
            Map.entry("2.5.4.43", "initials"),
            Map.entry("2.5.4.44", "generationQualifier"),
            Map.entry("2.5.4.46", "dnQualifier"),
            Map.entry("2.5.4.65", "pseudonym"),
            Map.entry("2.5.4.97", "organizationIdentifier"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.3", "mail"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("1.2.840.113549.1.9.2", "unstructuredName"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
            Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

    /** Longest text made, in characters: some more than a record keeps. */
    private static final int MAX_LENGTH = 2048;
    /** Longest value shown in hexadecimal digits, in bytes. */
    private static final int MAX_HEX = 64;

    private DistinguishedName() {}

    static String of(X500Principal name) {
        return of(name.getEncoded());
    }

    /** @param name DER of a Name */
    static String of(byte[] name) {
        return Der.read(name).map(DistinguishedName::of).orElse("");
    }

    static String of(Der name) {
        List<Der> sequence = name.children();
        StringBuilder text = new StringBuilder();
        for (int i = sequence.size() - 1; i >= 0 && text.length() < MAX_LENGTH; i--) {
            if (text.length() > 0) {
                text.append(',');
            }
            text.append(sequence.get(i).children().stream()
                    .map(DistinguishedName::attribute)
                    .collect(Collectors.joining("+")));
        }
        return text.toString();
    }

    /** The name for messages: short, so that the words around it remain. */
    static String brief(X500Principal name) {
        String text = of(name);
        return text.isEmpty() ? "(empty name)" : Text.bounded(text, 120);
    }

    private static String attribute(Der attribute) {
        List<Der> parts = attribute.children();
        if (parts.size() < 2) {
            return "?";
        }
        String type = parts.get(0).identifier();
        return TYPES.getOrDefault(type, type) + "=" + value(parts.get(1));
    }

    private static String value(Der value) {
        Optional<String> text = value.text();
        return text.isPresent() ? escaped(text.get()) : hex(value);
    }

    private static String hex(Der value) {
        byte[] content = value.content();
        return "#" + HexFormat.of().formatHex(content, 0, Math.min(content.length, MAX_HEX));
    }

    /** RFC 4514 section 2.4. */
    private static String escaped(String text) {
        String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        StringBuilder escaped = new StringBuilder(bounded.length() + 8);
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            boolean edge = (i == 0 && (c == '#' || c == ' ')) || (i == bounded.length() - 1 && c == ' ');
            if (c == 0) {
                escaped.append("\\00");
            } else if (edge || "\"+,;<>\\".indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
