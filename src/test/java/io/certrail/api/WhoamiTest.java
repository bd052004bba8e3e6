package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.CertificateFacts;
import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.RequestLink;
import io.certrail.event.TlsFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhoamiTest {
    private static String json(RequestLink link) {
        return new JsonMapping().getContext(Whoami.class).toJson(Whoami.of(link));
    }

    @Test
    void connectionIsToldInTheWordsOfTheRecords() {
        Instant day = Instant.parse("2026-01-01T00:00:00Z");
        CertificateFacts certificate = new CertificateFacts(
                "CN=alice", "CN=ca", "1f", "ab12", day, day, List.of("DNS:a"), 1, "EC secp256r1", List.of(), true);
        TlsFacts tls = new TlsFacts("1.3", "TLS_AES_128_GCM_SHA256", "h2", false, true, null, null, null, certificate);
        ConnectionFacts connection = new ConnectionFacts(
                "boot-1", new Endpoint("127.0.0.1", 5), new Endpoint("127.0.0.1", 8443), "localhost", tls);
        assertThat(json(new RequestLink("id", "CN=alice", List.of("auditor"), null, null, connection)))
                .contains("\"request_id\":\"id\"", "\"connection_id\":\"boot-1\"")
                .contains("\"next_protocol\":\"h2\"", "\"server_name\":\"localhost\"", "\"version\":\"1.3\"")
                .contains("\"serial_number\":\"1f\"", "\"not_after\":\"2026-01-01T00:00:00Z\"", "\"verified\":true")
                .contains("\"user\":{\"name\":\"CN=alice\",\"roles\":[\"auditor\"]}");
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        assertThat(json(new RequestLink("id", null, List.of(), null, null, null)))
                .isEqualTo("{\"request_id\":\"id\",\"user\":{\"roles\":[]}}");
    }
}
