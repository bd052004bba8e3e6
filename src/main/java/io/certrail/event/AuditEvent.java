package io.certrail.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened and has to be on record. */
public sealed interface AuditEvent
        permits HandshakeEvent,
                ClosedEvent,
                RequestEvent,
                InvocationEvent,
                ReadingEvent,
                PostedEvent,
                FloodEvent,
                TrailEvent {
    /** Version of the record's fields: {@code schema}. */
    String SCHEMA = "1";

    /** When the thing recorded ended. */
    Instant time();

    /** {@code event.name}, such as {@code tls.handshake}. */
    String name();

    Outcome outcome();

    /** Nanoseconds that it took, or -1 where it has no duration. */
    long durationNanos();

    /** What went wrong, {@code null} unless something did. */
    @Nullable
    Fault fault();

    /** The connection that it came over, if any. */
    @Nullable
    ConnectionFacts connection();

    /**
     * Describes the members between the connection's and {@code audit}.
     *
     * @param record where to
     */
    void describe(RecordWriter record);

    /** Describes the event's own members of {@code audit}, which is open. */
    default void describeAudit(RecordWriter audit) {}

    /** Describes the record but for the end of {@code audit}, which the trail gives: boot id and sequence. */
    default void describeAll(RecordWriter record) {
        record.put(MemberPath.TIME, time()).put(MemberPath.SCHEMA, SCHEMA);
        record.put(MemberPath.NAME, name()).put(MemberPath.OUTCOME, outcome().id());
        record.put(MemberPath.DURATION, durationNanos());
        Fault fault = fault();
        if (fault != null) {
            record.put(MemberPath.ERROR_TYPE, fault.type()).put(MemberPath.ERROR_MESSAGE, fault.message());
        }
        ConnectionFacts connection = connection();
        if (connection != null) {
            record.connection(connection);
        }
        describe(record);
        record.begin("audit");
        describeAudit(record);
    }
}
