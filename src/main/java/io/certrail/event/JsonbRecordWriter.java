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
    /** The member told by its path last, whose objects are open. */
    private @Nullable MemberPath last;

    JsonbRecordWriter(JsonGenerator json) {
        this.json = json;
    }

    @Override
    public RecordWriter begin(String name) {
        goTo(null);
        begun.addLast(name);
        return this;
    }

    /** Closes and opens objects on the way to a member, or out of all. */
    private void goTo(@Nullable MemberPath next) {
        MemberPath left = last;
        last = next;
        int shared = next == null ? 0 : next.shared(left);
        for (int open = left == null ? 0 : left.objects().size(); open > shared; open--) {
            end();
        }
        if (next != null) {
            begun.addAll(next.objects().subList(shared, next.objects().size()));
        }
    }

    @Override
    public RecordWriter end() {
        if (begun.pollLast() == null) {
            json.writeEnd();
        }
        return this;
    }

    private String leaf(MemberPath path) {
        goTo(path);
        return path.leaf();
    }

    private JsonGenerator open() {
        for (String name = begun.pollFirst(); name != null; name = begun.pollFirst()) {
            json.writeStartObject(name);
        }
        return json;
    }

    @Override
    public RecordWriter put(String name, @Nullable String value) {
        goTo(null);
        return write(name, value);
    }

    @Override
    public RecordWriter put(MemberPath path, @Nullable String value) {
        return value == null ? this : write(leaf(path), value);
    }

    private RecordWriter write(String name, @Nullable String value) {
        if (value != null) {
            open().write(name, value);
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, long value) {
        goTo(null);
        return write(name, value);
    }

    @Override
    public RecordWriter put(MemberPath path, long value) {
        return value < 0 ? this : write(leaf(path), value);
    }

    private RecordWriter write(String name, long value) {
        if (value >= 0) {
            open().write(name, value);
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, boolean value) {
        goTo(null);
        open().write(name, value);
        return this;
    }

    @Override
    public RecordWriter put(String name, List<String> values) {
        goTo(null);
        return write(name, values);
    }

    @Override
    public RecordWriter put(MemberPath path, List<String> values) {
        return values.isEmpty() ? this : write(leaf(path), values);
    }

    private RecordWriter write(String name, List<String> values) {
        if (!values.isEmpty()) {
            open().writeStartArray(name);
            values.forEach(json::write);
            json.writeEnd();
        }
        return this;
    }

    @Override
    public RecordWriter put(String name, @Nullable Instant value) {
        return put(name, words(value));
    }

    @Override
    public RecordWriter put(MemberPath path, @Nullable Instant value) {
        return put(path, words(value));
    }

    private static @Nullable String words(@Nullable Instant time) {
        return time == null || !Rfc3339.has(time) ? null : Rfc3339.micros(time);
    }

    @Override
    public RecordWriter connection(ConnectionFacts connection) {
        goTo(null);
        connection.describe(this);
        return this;
    }
}
