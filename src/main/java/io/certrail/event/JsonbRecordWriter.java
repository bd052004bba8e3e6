package io.certrail.event;

import jakarta.json.stream.JsonGenerator;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a record's members to JSON-B's generator. */
final class JsonbRecordWriter implements RecordWriter {
    private final JsonGenerator json;
    /** Objects begun in which nothing was put yet, outermost first. */
    private final Deque<String> begun = new ArrayDeque<>();

    JsonbRecordWriter(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public RecordWriter begin(String name) {
        begun.addLast(name);
        return this;
    }

    @Override
    public RecordWriter end() {
        if (begun.pollLast() == null) {
            json.writeEnd();
        }
        return this;
    }

    private JsonGenerator open() {
        for (String name = begun.pollFirst(); name != null; name = begun.pollFirst()) {
            json.writeStartObject(name);
        }
        return json;
    }

    @Override
    public RecordWriter put(String name, @Nullable String value) {
        if (value != null) {
            open().write(name, value);
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, long value) {
        if (value >= 0) {
            open().write(name, value);
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, boolean value) {
        open().write(name, value);
        return this;
    }

    @Override
    public RecordWriter put(String name, List<String> values) {
        if (!values.isEmpty()) {
            open().writeStartArray(name);
            values.forEach(json::write);
            json.writeEnd();
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, @Nullable Instant value) {
        return put(name, value == null ? null : Rfc3339.micros(value));
    }
}
