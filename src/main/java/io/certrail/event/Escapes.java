package io.certrail.event;

import org.jspecify.annotations.Nullable;

/**
 * Which characters never stand raw in a record: those that RFC 8259 section 7 demands, and all others that are
 * invisible or steer a terminal (controls, bidi and other format characters, line separators, unpaired surrogates).
 */
final class Escapes {
    private static final String[] ASCII = new String[128];

    static {
        for (int c = 0; c < 0x20; c++) {
            ASCII[c] = hex((char) c);
        }
        ASCII[0x7F] = hex((char) 0x7F);
        ASCII['"'] = "\\\"";
        ASCII['\\'] = "\\\\";
        ASCII['\b'] = "\\b";
        ASCII['\f'] = "\\f";
        ASCII['\n'] = "\\n";
        ASCII['\r'] = "\\r";
        ASCII['\t'] = "\\t";
    }

    private Escapes() {}

    /** Whether the text is ASCII and needs no escape. */
    static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7E || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The escape of a code point, or {@code null} where it may stand as it is. */
    static @Nullable String of(int c) {
        if (c < 128) {
            return ASCII[c];
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> hex(c);
            case Character.SURROGATE -> "\\ufffd";
            default -> null;
        };
    }

    private static String hex(int c) {
        StringBuilder escape = new StringBuilder(12);
        for (char unit : Character.toChars(c)) {
            escape.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                escape.append(Character.forDigit((unit >> shift) & 0xF, 16));
            }
        }
        return escape.toString();
    }
}
