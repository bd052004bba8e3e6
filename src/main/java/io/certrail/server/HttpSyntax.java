package io.certrail.server;

import java.io.ByteArrayOutputStream;

/** The few rules of HTTP's grammar that a diagnosis needs. RFC 9110 sections 5 and 7.2, RFC 9112 section 3. */
final class HttpSyntax {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String HOST_MARKS = "-._~%!$&'()*+,;=:[]";
    private static final String NOT_IN_TARGET = "\"<>\\^`{|}";

    private HttpSyntax() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    static boolean isVersion(String text) {
        return text.length() == "HTTP/1.1".length()
                && text.startsWith("HTTP/")
                && isDigit(text.charAt(5))
                && text.charAt(6) == '.'
                && isDigit(text.charAt(7));
    }

    /** Visible ASCII but for what RFC 3986 allows nowhere; percent signs followed by two hexadecimal digits. */
    static boolean isTarget(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || NOT_IN_TARGET.indexOf(c) >= 0 || (c == '%' && !isEscape(text, i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }

    /** The bytes of a target of one byte a character, its escapes read; what is none stays as it is. */
    static byte[] decoded(String target) {
        var bytes = new ByteArrayOutputStream(target.length());
        for (int i = 0; i < target.length(); i++) {
            boolean escape = target.charAt(i) == '%' && isEscape(target, i);
            bytes.write(escape ? Integer.parseInt(target, i + 1, i + 3, 16) : target.charAt(i));
            i += escape ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    static boolean isFieldValue(String text) {
        return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F));
    }

    static boolean isHost(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || HOST_MARKS.indexOf(c) >= 0);
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpSyntax::isDigit);
    }

    /** Whether digits make a number that fits a {@code long}. */
    static boolean isLong(String digits) {
        try {
            return Long.parseLong(digits) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAlphanumeric(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
