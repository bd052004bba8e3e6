package io.certrail.scan.log;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log, understood as far as its profile can.
 *
 * @param format the name of the format that fits; empty if none does
 * @param structured whether each value has a name of its own in the line
 * @param once whether there is one record of this kind for each happening
 * @param fields what was found
 * @param text the values of the line, without their names if it is structured
 */
public record LogRecord(
        LogLine line, String format, boolean structured, boolean once, Map<Field, String> fields, String text) {
    public LogRecord {
        var copy = new EnumMap<Field, String>(Field.class);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
    }

    /** A line that fits no format. */
    static LogRecord plain(LogLine line) {
        return new LogRecord(line, "", false, false, Map.of(), line.text());
    }

    public Optional<String> get(Field field) {
        @Nullable String value = fields.get(field);
        return Optional.ofNullable(value);
    }

    public boolean is(Field field, String value) {
        return value.equals(fields.get(field));
    }
}
