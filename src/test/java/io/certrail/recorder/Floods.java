package io.certrail.recorder;

import io.certrail.event.AuditEvent;
import io.certrail.event.ClosedEvent;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RefusedBy;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events as a flood brings them. */
final class Floods {
    static final String BOOT = "boot";
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private Floods() {}

    static ConnectionFacts connection(String address, long number) {
        Endpoint client = new Endpoint(address, (int) (40_000 + number % 20_000));
        return new ConnectionFacts(BOOT + "-" + number, client, new Endpoint("192.0.2.1", 8443), null, null);
    }

    static HandshakeEvent refused(String address, Reason reason, long number) {
        return refused(address, reason, number, NOON);
    }

    static HandshakeEvent refused(String address, Reason reason, long number, Instant time) {
        return new HandshakeEvent(
                time, Outcome.FAILURE, 5, Fault.of(reason, "message " + number), connection(address, number));
    }

    static HandshakeEvent established(String address, long number) {
        return new HandshakeEvent(NOON, Outcome.SUCCESS, 5, null, connection(address, number));
    }

    static AuditEvent reset(String address, long number) {
        return new ClosedEvent(NOON, 5, Fault.of(Reason.CLIENT_RESET), connection(address, number));
    }

    static RequestEvent request(String address, long number, int status, @Nullable RefusedBy by) {
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/secret", "1.1", null, null, null);
        return new RequestEvent(
                RequestEvent.ENDED,
                NOON,
                Outcome.FAILURE,
                5,
                HttpFault.of(status),
                connection(address, number),
                facts,
                null,
                status,
                -1,
                -1,
                null,
                List.of(),
                by);
    }
}
