package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Failures of one kind from one source that have no records of their own, because there were too many: {@code audit.flood}.
 * It stands for each of them exactly once.
 *
 * @param time when it was told
 * @param kind what they have in common
 * @param count how many; above zero
 * @param first the earliest {@link AuditEvent#time()} among them
 * @param last the latest
 * @param connections numbers of their connections of this start, rising: {@code 7} or, for a row of them, {@code 7-12}
 * @param sample what is known of one of them, under names that begin with {@code sample_}
 */
public record FloodEvent(
        Instant time,
        Kind kind,
        long count,
        Instant first,
        Instant last,
        List<String> connections,
        List<NamedValue> sample)
        implements AuditEvent {
    /** {@code event.name} of such a record. */
    public static final String NAME = "audit.flood";

    public FloodEvent {
        connections = List.copyOf(connections);
        sample = List.copyOf(sample);
        if (count <= 0) {
            throw new IllegalArgumentException("count: expected more than zero, got " + count);
        }
    }

    /**
     * What the failures of a flood have in common.
     *
     * @param source the client's address; of IPv6 its network of 64 bits, as {@code 2001:db8:0:1::/64}; or a word
     * @param event their {@code event.name}
     * @param reason their {@code error.type}
     */
    public record Kind(String source, String event, String reason) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Outcome outcome() {
        return Outcome.FAILURE;
    }

    @Override
    public long durationNanos() {
        return -1;
    }

    /** The reason of those it stands for. */
    @Override
    public Fault fault() {
        return new Fault(kind.reason(), null);
    }

    @Override
    public @Nullable ConnectionFacts connection() {
        return null;
    }

    @Override
    public void describe(RecordWriter record) {
        // all that there is to say stands under audit
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        audit.begin("details")
                .put("source", kind.source())
                .put("event", kind.event())
                .put("reason", kind.reason())
                .put("count", Long.toString(count))
                .put("first", first)
                .put("last", last)
                .put("connections", connections);
        for (NamedValue value : sample) {
            audit.put(value.name(), value.value());
        }
        audit.end();
    }
}
