package io.certrail.scan.log;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form that lines of a log have.
 *
 * @param name told in reports
 * @param shape how values are found
 * @param required names of values without which a line is not of this form
 * @param names under which a field may stand, the best first; a pattern's groups are named after the field
 * @param once the kinds of which there is one record for each happening; {@code *}: all
 */
record LineFormat(String name, Shape shape, Set<String> required, Map<Field, List<String>> names, Set<String> once) {
    /** A header of RFC 5424 or RFC 3164, or that of a journal, before the line proper. */
    static final Pattern SYSLOG = Pattern.compile("^(?:<\\d{1,3}>)?(?:"
            + "1 \\S+ \\S+ \\S+ \\S+ \\S+ (?:-|(?:\\[[^\"\\]]*+(?:\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"[^\"\\]]*+)*+\\])+) \uFEFF?"
            + "|(?:[A-Z][a-z]{2} [ \\d]\\d [\\d:]{8}|\\d{4}-\\d\\d-\\d\\dT\\S+) (?:\\S+ )?[\\w./-]+(?:\\[\\d+\\])?: )");

    /** A name begins where a word does: else each letter of a long one would be tried. */
    static final Pattern PAIR = Pattern.compile(
            "(?<![\\w.-])(?<name>[A-Za-z_][\\w.-]*+)=(?:\"(?<quoted>[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"|(?<bare>\\S*))");

    /** So many characters of a line are given to a pattern: strangers write lines, and a user's pattern may be slow. */
    private static final int MAX_MATCHED = 16_384;

    /** How a line's values are found. */
    sealed interface Shape {}

    /** A JSON object. */
    record JsonShape() implements Shape {}

    /** Pairs of a name and a value, as logfmt writes them. */
    record PairsShape() implements Shape {}

    /** A regular expression with named groups. */
    record PatternShape(Pattern pattern, boolean structured) implements Shape {}

    LineFormat {
        required = Set.copyOf(required);
        names = Map.copyOf(names);
        once = Set.copyOf(once);
    }

    /** The text without a header before it. */
    static String message(String text) {
        return SYSLOG.matcher(text).replaceFirst("");
    }

    /** The line in this form; empty if it has another. */
    Optional<LogRecord> read(LogLine line) {
        String text = line.message();
        if (shape instanceof PatternShape pattern) {
            return matched(line, line.text(), pattern).or(() -> matched(line, text, pattern));
        }
        Optional<Map<String, String>> values = shape instanceof JsonShape ? JsonValues.of(text) : pairs(text);
        return values.filter(found -> found.keySet().containsAll(required)).map(found -> named(line, found));
    }

    private static Optional<Map<String, String>> pairs(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Matcher pair = PAIR.matcher(text); pair.find(); ) {
            String quoted = pair.group("quoted");
            values.put(pair.group("name"), quoted == null ? pair.group("bare") : quoted);
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    private LogRecord named(LogLine line, Map<String, String> values) {
        Map<Field, String> fields = new EnumMap<>(Field.class);
        names.forEach((field, candidates) -> candidates.stream()
                .map(values::get)
                .filter(LineFormat::isKnown)
                .findFirst()
                .ifPresent(value -> fields.put(field, value)));
        return record(line, true, fields, String.join("\n", values.values()));
    }

    private Optional<LogRecord> matched(LogLine line, String text, PatternShape shape) {
        Matcher matcher = shape.pattern().matcher(text.length() > MAX_MATCHED ? text.substring(0, MAX_MATCHED) : text);
        if (!isFound(matcher)) {
            return Optional.empty();
        }
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (Field field : names.keySet()) {
            String value = matcher.group(field.group());
            if (isKnown(value)) {
                fields.put(field, value);
            }
        }
        return Optional.of(record(line, shape.structured(), fields, line.text()));
    }

    /** A profile may be anybody's: a pattern that the JDK cannot match against a long line does not fit it. */
    private static boolean isFound(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            return false;
        }
    }

    private LogRecord record(LogLine line, boolean structured, Map<Field, String> fields, String text) {
        boolean unique = once.contains("*") || once.contains(fields.getOrDefault(Field.KIND, ""));
        return new LogRecord(line, name, structured, unique, fields, text);
    }

    private static boolean isKnown(@org.jspecify.annotations.Nullable String value) {
        return value != null && !value.isEmpty() && !value.equals("-");
    }
}
