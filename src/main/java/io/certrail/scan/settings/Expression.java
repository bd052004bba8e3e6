package io.certrail.scan.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A value that may be an expression, {@code ${name}} or {@code ${name:default}}: what it resolves to only the server knows. */
final class Expression {
    private static final Pattern WITH_DEFAULT = Pattern.compile("\\$\\{[^{}:]*:([^{}]*)}");

    private Expression() {}

    /**
     * The value, as far as it can be known.
     *
     * @param ifUnknown what is assumed of an expression without a default
     * @return empty if nothing is set
     */
    static String value(@Nullable String written, String ifUnknown) {
        if (written == null) {
            return "";
        }
        Matcher expression = WITH_DEFAULT.matcher(written.strip());
        if (expression.matches()) {
            return expression.group(1);
        }
        return written.contains("${") ? ifUnknown : written;
    }

    /** Whether it is, or may be, true. */
    static boolean mayBeTrue(@Nullable String written) {
        return Boolean.parseBoolean(value(written, "true"));
    }

    /** Whether it is set to something, whatever that is. */
    static boolean isSet(@Nullable String written) {
        return !value(written, "set").isBlank();
    }
}
