package io.certrail.event;

import java.time.Instant;

/**
 * The end of an established connection, where it was not an orderly one and no request's record tells of it: {@code
 * tls.closed}. A reset after an answer is such an end: the answer's record was on disk before the client gave up.
 *
 * @param durationNanos first byte to end
 */
public record ClosedEvent(Instant time, long durationNanos, Fault fault, ConnectionFacts connection)
        implements AuditEvent {
    @Override
    public String name() {
        return "tls.closed";
    }

    @Override
    public Outcome outcome() {
        return Outcome.FAILURE;
    }

    @Override
    public void describe(RecordWriter record) {
        // all that there is to say is the connection's
    }
}
