package io.certrail.event;

/** Bounds on text from the network. Escaping is the encoder's. */
public final class Text {
    private Text() {}

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
