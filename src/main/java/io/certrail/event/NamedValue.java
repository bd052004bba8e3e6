package io.certrail.event;

import java.util.List;

/**
 * An argument or attribute: a name and its value as text.
 *
 * @param name unique among its neighbours
 */
public record NamedValue(String name, String value) {
    /** Longest name, in characters. */
    public static final int MAX_NAME = 64;
    /** Longest value, in characters. */
    public static final int MAX_VALUE = 512;

    public NamedValue {
        name = Text.bounded(name, MAX_NAME);
        value = Text.bounded(value, MAX_VALUE);
    }

    static void describe(String object, List<NamedValue> values, RecordWriter record) {
        record.begin(object);
        for (NamedValue value : values) {
            record.put(value.name(), value.value());
        }
        record.end();
    }
}
