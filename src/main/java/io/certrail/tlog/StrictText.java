package io.certrail.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/** What the text forms allow, read without leniency: each value has one form only, so that nothing passes in two. */
final class StrictText {
    private StrictText() {}

    /** Standard Base64 with its padding and with zero bits after the last byte; the JDK alone takes more. */
    static Optional<byte[]> base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** ASCII digits without a sign or leading zeros, up to 2<sup>63</sup> - 1. */
    static OptionalLong decimal(String text) {
        boolean form = text.equals("0")
                || (!text.isEmpty()
                        && text.length() <= 19
                        && text.charAt(0) != '0'
                        && text.chars().allMatch(c -> c >= '0' && c <= '9'));
        if (!form) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Well-formed UTF-8; empty if the bytes are not. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Whether a text is a line of a note: not empty, encodable, without control characters below U+0020. */
    static boolean isLine(String text) {
        return !text.isEmpty()
                && text.chars().noneMatch(c -> c < ' ')
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether a text can be a key's name: a line without Unicode spaces or a plus. */
    static boolean isKeyName(String text) {
        return isLine(text) && text.chars().noneMatch(c -> c == '+' || isSpace(c));
    }

    /** Unicode's White_Space property above U+001F. */
    private static boolean isSpace(int c) {
        return c == 0x85 || c == 0xA0 || c == 0x2007 || c == 0x202F || Character.isWhitespace(c);
    }
}
