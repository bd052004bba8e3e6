package io.certrail.scan.report;

import java.util.function.Function;

/** Text for XML and HTML. */
final class Markup {
    private Markup() {}

    /** The text with every character that means something spelled out, and controls in a form that can be seen. */
    static String of(String text) {
        return Printable.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** What a function makes of each, one after the other. */
    static <T> String each(Iterable<T> all, Function<T, String> markup) {
        var text = new StringBuilder();
        all.forEach(one -> text.append(markup.apply(one)));
        return text.toString();
    }
}
