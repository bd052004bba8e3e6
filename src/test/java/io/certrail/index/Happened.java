package io.certrail.index;

import io.certrail.event.AuditEvent;
import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import io.certrail.event.TrailEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What happens in these tests: some clients, good and bad, with names that nobody would want. */
public final class Happened {
    public static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    public static final String HOSTILE = "CN=x' OR '1'='1\\,*?%_<script>\"\u202e\n,O=Ä\ud83d\ude00";
    static final Instant NOT_AFTER = Instant.parse("2026-12-01T00:00:00Z");

    private Happened() {}

    /** A certificate; those of the same number have the same name, and each is another key. */
    public static CertificateFacts certificate(int number, int key) {
        return new CertificateFacts(
                number == 0 ? HOSTILE : "CN=Client-" + number + ",OU=clients",
                number % 2 == 0 ? "CN=One CA" : "CN=Other CA",
                "1f" + number + key,
                String.format(Locale.ROOT, "%062x%02x", number + 1, key),
                START.minusSeconds(86_400),
                NOT_AFTER.plusSeconds(86_400L * number),
                number == 1 ? List.of("URI:spiffe://certrail.example/one", "DNS:one.example") : List.of(),
                0,
                "EC secp256r1",
                List.of(),
                number != 3);
    }

    public static ConnectionFacts connection(int number, @Nullable CertificateFacts certificate, String address) {
        TlsFacts tls = new TlsFacts("1.3", "TLS_AES_256_GCM_SHA384", null, false, true, null, null, null, certificate);
        return new ConnectionFacts(
                "boot-" + number, new Endpoint(address, 40_000), new Endpoint("10.0.0.1", 8443), "localhost", tls);
    }

    public static AuditEvent handshake(ConnectionFacts connection, int second, @Nullable String reason) {
        return new HandshakeEvent(
                START.plusSeconds(second),
                reason == null ? Outcome.SUCCESS : Outcome.FAILURE,
                1,
                reason == null ? null : new Fault(reason, "words"),
                connection);
    }

    public static AuditEvent request(ConnectionFacts connection, int second, String id, int status) {
        RequestFacts facts = new RequestFacts(
                id, "client", "GET", "/a?/" + id, "1.1", null, "4bf92f3577b34da6a3ce929d0e0e47" + id.length(), null);
        return new RequestEvent(
                RequestEvent.ENDED,
                START.plusSeconds(second),
                status < 400 ? Outcome.SUCCESS : Outcome.FAILURE,
                1,
                status < 400 ? null : new Fault("forbidden", null),
                connection,
                facts,
                "/api/{" + id.length() % 3 + "}",
                status,
                -1,
                -1,
                "CN=user" + id.length() % 2,
                List.of(),
                null);
    }

    public static AuditEvent told(String name, NamedValue... details) {
        return new TrailEvent(name, START, Outcome.SUCCESS, null, List.of(details));
    }

    /** Twelve connections of five clients and one without certificate, from both Internets, with requests. */
    public static List<AuditEvent> events() {
        List<AuditEvent> events = new ArrayList<>();
        String[] addresses = {"10.1.2.3", "10.1.255.7", "10.2.0.1", "2001:db8::1", "2001:db8:ffff::2"};
        for (int i = 0; i < 12; i++) {
            CertificateFacts certificate = i == 11 ? null : certificate(i % 5, i / 7);
            ConnectionFacts connection = connection(i, certificate, addresses[i % addresses.length]);
            String reason = i % 5 == 3 ? "certificate_expired" : i == 11 ? "certificate_required" : null;
            events.add(handshake(connection, 10 * i, reason));
            for (int k = 0; reason == null && k < 3; k++) {
                events.add(request(connection, 10 * i + k + 1, "r" + "x".repeat(k) + i, k == 2 ? 403 : 200));
            }
        }
        return events;
    }
}
