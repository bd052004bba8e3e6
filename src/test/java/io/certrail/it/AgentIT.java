package io.certrail.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JSSE server without an adapter, here an embedded Jetty: the agent and the embed jar record it all the same. */
final class AgentIT extends OnAgent {
    AgentIT() throws IOException {
        super("JettyServer");
    }

    @Override
    Line handshake(int from) {
        return records.handshake(from);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1.2", "TLSv1.3, 1.3"})
    void requestsAreJoinedToTheirHandshakeAlsoInResumedSessions(String protocol, String version) throws Exception {
        TlsClient alice = client(Client.ALICE, protocol);
        for (int i = 0; i < 3; i++) {
            try (var connection = alice.connect()) {
                var first = connection.get(PAGE);
                var second = connection.get(PAGE);
                Line handshake = records.handshake(connection.port());
                assertThat(handshake.get("event.outcome")).isEqualTo("success");
                assertThat(handshake.get("tls.protocol.version")).isEqualTo(version);
                assertThat(handshake.get("tls.client.verified")).isEqualTo("true");
                assertThat(handshake.get("tls.resumed")).isEqualTo(i == 0 ? "false" : "true");
                for (var answer : new Connection.Answer[] {first, second}) {
                    Line request = records.request(answer.requestId());
                    assertThat(request.connection()).isEqualTo(handshake.connection());
                    assertThat(request.status()).isEqualTo(200);
                }
                assertThat(records.requests(2, connection.port())).hasSize(2);
            }
        }
    }

    private Line afterSaying(byte[] bytes) throws IOException {
        try (Socket socket = TlsClient.tcp(port)) {
            socket.getOutputStream().write(bytes);
            if (bytes.length > 6) {
                socket.getInputStream().read();
            }
            return records.handshake(socket.getLocalPort());
        }
    }

    @Test
    void whatIsNoTlsIsNamed() throws Exception {
        assertThat(afterSaying("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII))
                        .reason())
                .isEqualTo("not_tls_http");
        assertThat(afterSaying("garbage, garbage".getBytes(US_ASCII)).reason()).isEqualTo("not_tls_garbage");
    }

    @Test
    void whoSaysNothingOrNotEnoughIsTimedOut() throws Exception {
        assertThat(afterSaying(new byte[0]).reason()).isEqualTo("handshake_timeout");
        assertThat(afterSaying(new byte[] {22, 3, 1, 1, 0}).reason()).isEqualTo("handshake_timeout");
    }

    @Test
    void whoGivesUpIsNamed() throws Exception {
        int silent;
        try (Socket socket = TlsClient.tcp(port)) {
            silent = socket.getLocalPort();
        }
        assertThat(records.handshake(silent).reason()).isEqualTo("no_data");
        int half;
        try (Socket socket = TlsClient.tcp(port)) {
            socket.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1});
            half = socket.getLocalPort();
        }
        // Jetty tells the engine only that it closes, not that the client did: nobody knows why.
        assertThat(records.handshake(half).get("event.outcome")).isEqualTo("unknown");
    }

    @Test
    void requestsThatNoFilterHearsAreRecorded() throws Exception {
        try (var connection = client(Client.ALICE).connect()) {
            assertThat(connection.get("/nowhere").status()).isEqualTo(404);
            Line request = records.requests(1, connection.port()).get(0);
            assertThat(request.reason()).isEqualTo("not_found");
            assertThat(request.get("url.path")).isEqualTo("/nowhere");
            assertThat(request.get("audit.refused_by")).isEqualTo("container");
            assertThat(connection.get(PAGE).status()).isEqualTo(200);
            assertThat(records.requests(2, connection.port()))
                    .extracting(Line::connection)
                    .containsOnly(records.handshake(connection.port()).connection());
        }
        try (var connection = client(Client.ALICE).connect()) {
            connection.send("BROKEN\r\n\r\n");
            Line request = records.requests(1, connection.port()).get(0);
            assertThat(request.reason()).isEqualTo("bad_request_line");
            assertThat(request.get("audit.refused_by")).isEqualTo("http-parser");
        }
    }
}
