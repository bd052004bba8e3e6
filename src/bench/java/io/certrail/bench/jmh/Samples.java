package io.certrail.bench.jmh;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.Outcome;
import io.certrail.event.RequestEvent;
import io.certrail.event.RequestFacts;
import io.certrail.event.TlsFacts;
import java.time.Instant;
import java.util.List;

/** A typical request on a TLS 1.3 connection, and many that differ as requests do. */
final class Samples {
    /** As the recorder gives it: one per start. */
    static final String BOOT = "0193594a-7e10-7c3b-9a52-6f1d2c3b4a59";

    private static final String[] PATHS = {"/api/ping", "/api/orders/4711", "/api/orders/4712/lines", "/api/whoami"};

    private Samples() {}

    static ConnectionFacts connection(int number) {
        Instant notBefore = Instant.parse("2026-01-01T00:00:00Z");
        CertificateFacts certificate = new CertificateFacts(
                "CN=client-" + number + ",OU=clients",
                "CN=Bench CA",
                "1f" + number,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                notBefore,
                notBefore.plusSeconds(31_536_000),
                List.of(),
                0,
                "EC secp256r1",
                List.of(),
                true);
        TlsFacts tls = new TlsFacts("1.3", "TLS_AES_256_GCM_SHA384", null, false, true, null, null, null, certificate);
        Endpoint client = new Endpoint("127.0.0.1", 40_000 + number);
        return new ConnectionFacts("0193594a-" + number, client, new Endpoint("127.0.0.1", 8443), "localhost", tls);
    }

    /** Request {@code number} on a connection; texts are new objects each time, as a parser makes them. */
    static RequestEvent request(ConnectionFacts connection, int number) {
        RequestFacts facts = new RequestFacts(
                String.format("0193594a-7e10-7c3b-9a52-%012x", number),
                "server",
                "GET",
                new String(PATHS[number % PATHS.length]),
                "1.1",
                new String("curl/8.14.1"),
                null,
                null);
        Instant time = Instant.parse("2026-11-23T07:44:54Z").plusNanos(number * 47_123_000L);
        return new RequestEvent(
                RequestEvent.ENDED,
                time,
                Outcome.SUCCESS,
                412_345L + number,
                null,
                connection,
                facts,
                "/api/ping",
                200,
                -1,
                17 + number,
                "CN=client,OU=clients",
                List.of("clients"),
                null);
    }
}
