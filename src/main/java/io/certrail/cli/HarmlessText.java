package io.certrail.cli;

import java.util.Locale;

/**
 * Text from records, for a terminal. The encoder escapes what could fool one; but whoever looks at a trail may have one that
 * another hand wrote.
 */
final class HarmlessText {
    private HarmlessText() {}

    /** The text with all that is invisible, or steers a terminal, as {@code \\u} escapes; other characters as they are. */
    static String of(String text) {
        if (text.codePoints().allMatch(HarmlessText::isHarmless)) {
            return text;
        }
        StringBuilder harmless = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                harmless.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    harmless.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        });
        return harmless.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
