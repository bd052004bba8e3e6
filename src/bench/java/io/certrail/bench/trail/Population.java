package io.certrail.bench.trail;

import io.certrail.event.AuditEvent;
import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Fault;
import io.certrail.event.HandshakeEvent;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who comes, and what they do: 2,000 clients from 500 networks of 24 bits, nine requests on a connection, each twentieth
 * connection refused. The same numbers give the same events, so what is asked for is known without looking.
 */
public final class Population {
    public static final int CLIENTS = 2_000;
    private static final int NETWORKS = 500;
    private static final int REQUESTS = 9;
    private static final int REFUSED_EACH = 20;
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ENDS = Instant.parse("2027-06-01T00:00:00Z");

    private Population() {}

    public static String subject(int client) {
        return "CN=client-" + client + ",OU=clients,O=Example Payments GmbH,C=DE";
    }

    public static String requestId(long connection, int request) {
        return String.format(Locale.ROOT, "01a21387-fbe8-79e9-8688-%08x%04x", connection, request);
    }

    /** Spread over all of them, and not in turns. */
    private static int client(long connection) {
        return (int) ((connection * 2_654_435_761L >>> 7) % CLIENTS);
    }

    private static String address(long connection) {
        return network(connection) + (1 + mixed(connection) / NETWORKS % 254);
    }

    /** Of a connection's client, with 24 bits. */
    public static String network(long connection) {
        long number = mixed(connection) % NETWORKS;
        return "10." + number / 250 + "." + number % 250 + ".";
    }

    private static long mixed(long connection) {
        return connection * 0x9E3779B97F4A7C15L >>> 20;
    }

    /**
     * What happens on a connection.
     *
     * @param number of the connection
     * @param id as the recorder gives it
     */
    public static List<AuditEvent> connection(long number, String id, Instant time) {
        boolean refused = number % REFUSED_EACH == 0;
        ConnectionFacts facts = facts(number, id, refused);
        List<AuditEvent> events = new ArrayList<>(1 + REQUESTS);
        events.add(new HandshakeEvent(
                time,
                refused ? Outcome.FAILURE : Outcome.SUCCESS,
                2_431_007,
                refused ? Fault.of(Reason.CERTIFICATE_EXPIRED, "certificate expired on 2026-11-22T08:32:36Z") : null,
                facts));
        for (int i = 0; !refused && i < REQUESTS; i++) {
            events.add(request(number, i, facts, time.plusMillis(20L + i)));
        }
        return events;
    }

    private static ConnectionFacts facts(long number, String id, boolean refused) {
        int client = client(number);
        String sha256 = String.format(Locale.ROOT, "%064x", 0x5EED_0000_0000L + client);
        CertificateFacts certificate = new CertificateFacts(
                subject(client),
                "CN=Example Issuing CA 2,O=Example Payments GmbH,C=DE",
                String.format(Locale.ROOT, "13dddcce1efa03abd8112230%08x", client),
                sha256,
                ISSUED,
                ENDS,
                List.of("DNS:client-" + client + ".payments.example"),
                1,
                "EC secp256r1",
                List.of(sha256),
                !refused);
        TlsFacts tls =
                new TlsFacts("1.3", "TLS_AES_256_GCM_SHA384", "h2", false, !refused, null, null, null, certificate);
        return new ConnectionFacts(
                id,
                new Endpoint(address(number), 32_768 + (int) (number % 28_000)),
                new Endpoint("10.200.0.10", 8443),
                "api.payments.example",
                tls);
    }

    private static AuditEvent request(long connection, int number, ConnectionFacts facts, Instant time) {
        boolean forbidden = (connection + number) % 50 == 0;
        RequestFacts asked = new RequestFacts(
                requestId(connection, number),
                "client",
                "GET",
                "/api/accounts/" + connection % 100_000 + "/payments",
                "2",
                "payments-client/4.2 (Java/17)",
                null,
                null);
        return new RequestEvent(
                RequestEvent.ENDED,
                time,
                forbidden ? Outcome.FAILURE : Outcome.SUCCESS,
                812_345,
                forbidden ? Fault.of(Reason.FORBIDDEN) : null,
                facts,
                asked,
                "/api/accounts/{id}/payments",
                forbidden ? 403 : 200,
                0,
                512,
                subject(client(connection)),
                List.of("reporter"),
                null);
    }
}
