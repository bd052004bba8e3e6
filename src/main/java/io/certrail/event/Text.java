package io.certrail.event;

import org.jspecify.annotations.Nullable;

/** Bounds on text from the network. Escaping is the encoder's. */
public final class Text {
    private Text() {}

    /** As {@link #bounded}; {@code null} if there is none, or nothing but blanks: that says no more than its absence. */
    static @Nullable String told(@Nullable String text, int max) {
        return text == null || text.isBlank() ? null : bounded(text, max);
    }

    /**
     * The first {@code max} characters, marked with an ellipsis where something was cut off. Never cuts a surrogate
     * pair in two.
     */
    public static String bounded(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end) + "…";
    }
}
