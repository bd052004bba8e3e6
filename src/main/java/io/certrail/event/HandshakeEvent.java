package io.certrail.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a TLS listener and how its handshake ended: {@code tls.handshake}.
 *
 * @param durationNanos first byte (or accept, where none came) to verdict
 */
public record HandshakeEvent(
        Instant time, Outcome outcome, long durationNanos, @Nullable Fault fault, ConnectionFacts connection)
        implements AuditEvent {
    @Override
    public String name() {
        return "tls.handshake";
    }

    @Override
    public void describe(RecordWriter record) {
        // all that there is to say is the connection's
    }
}
