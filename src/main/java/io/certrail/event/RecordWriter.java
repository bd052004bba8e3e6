package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the members of a record in their order. What is unknown ({@code null}, negative, empty list) is left out, and
 * so is an object in which nothing was put. Implemented over JSON-B's generator and over plain bytes; both give the
 * same bytes.
 *
 * <p>A member is told by its name in the object begun last, or, where none is, by its {@link MemberPath}, which opens
 * and closes the objects on its way; whatever is told by name next closes them.
 */
interface RecordWriter {
    /** Opens a nested object. */
    RecordWriter begin(String name);

    /** Closes the object opened last. */
    RecordWriter end();

    RecordWriter put(String name, @Nullable String value);

    /** A count, size or duration: left out when negative. */
    RecordWriter put(String name, long value);

    RecordWriter put(String name, boolean value);

    /** Strings; left out when empty. */
    RecordWriter put(String name, List<String> values);

    /** RFC 3339 UTC with microseconds; left out where {@link Rfc3339#has} does not take it. */
    RecordWriter put(String name, @Nullable Instant value);

    RecordWriter put(MemberPath path, @Nullable String value);

    /** A count, size or duration: left out when negative. */
    RecordWriter put(MemberPath path, long value);

    /** Strings; left out when empty. */
    RecordWriter put(MemberPath path, List<String> values);

    /** RFC 3339 UTC with microseconds; left out where {@link Rfc3339#has} does not take it. */
    RecordWriter put(MemberPath path, @Nullable Instant value);

    /** The members of a connection, which are the same in all its records. */
    RecordWriter connection(ConnectionFacts connection);
}
