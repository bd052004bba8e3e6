package io.certrail.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A JSSE server without an adapter, here an embedded Tomcat, with the agent and the embed jar. Tomcat does not tell the TLS
 * engine who its client is: a handshake is the next one that is recorded.
 */
final class AgentTomcatIT extends OnAgent {
    AgentTomcatIT() throws IOException {
        super("TomcatServer");
    }

    @Override
    Line handshake(int from) {
        return nextHandshake();
    }

    private Line nextHandshake() {
        Line record = records.awaitOne(Line::isHandshake);
        beginReading();
        return record;
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1.2", "TLSv1.3, 1.3"})
    void requestsAreJoinedToTheirHandshakeAlsoInResumedSessions(String protocol, String version) throws Exception {
        TlsClient alice = client(Client.ALICE, protocol);
        for (int i = 0; i < 3; i++) {
            try (var connection = alice.connect()) {
                var answer = connection.get(PAGE);
                Line request = records.request(answer.requestId());
                assertThat(request.status()).isEqualTo(200);
                assertThat(request.number("client.port")).isEqualTo(connection.port());
                assertThat(request.get("tls.client.subject")).startsWith("CN=alice");
                Line handshake = nextHandshake();
                assertThat(handshake.connection()).isEqualTo(request.connection());
                assertThat(handshake.get("event.outcome")).isEqualTo("success");
                assertThat(handshake.get("tls.protocol.version")).isEqualTo(version);
                assertThat(handshake.get("tls.client.verified")).isEqualTo("true");
                assertThat(handshake.get("tls.resumed")).isEqualTo(i == 0 ? "false" : "true");
            }
        }
    }

    @Test
    void whatTomcatAnswersBeforeItMakesAnEngineIsNotSeen() throws Exception {
        try (Socket socket = TlsClient.tcp(port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isNotEqualTo(22);
        }
        try (var connection = client(Client.ALICE).connect()) {
            connection.get(PAGE);
            assertThat(nextHandshake().get("event.outcome")).isEqualTo("success");
        }
    }

    @Test
    void requestsThatNoFilterHearsAreRecorded() throws Exception {
        try (var connection = client(Client.ALICE).connect()) {
            assertThat(connection.get("/nowhere").status()).isEqualTo(404);
            Line request = records.awaitOne(Line::isRequest);
            assertThat(request.reason()).isEqualTo("not_found");
            assertThat(request.get("url.path")).isEqualTo("/nowhere");
            assertThat(request.get("audit.refused_by")).isEqualTo("container");
            assertThat(nextHandshake().connection()).isEqualTo(request.connection());
        }
        try (var connection = client(Client.ALICE).connect()) {
            connection.send("BROKEN\r\n\r\n");
            Line request = records.awaitOne(Line::isRequest);
            assertThat(request.reason()).isEqualTo("bad_request_line");
            assertThat(request.get("audit.refused_by")).isEqualTo("http-parser");
        }
    }

    @Test
    void applicationWithoutCdiDoesNotStartAndSaysWhatItLacks() throws Exception {
        Path other = Files.createDirectories(site.folder().resolve("tomcat-without-cdi"));
        Path pki = certificates.folder();
        int free = Site.freePort();
        assertThatThrownBy(() -> AgentProcess.start("TomcatServer", other, pki, free, "deadline=3s", "without-cdi"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CTR0404")
                .hasMessageContaining("no CDI");
        assertThat(other.resolve("trail")).doesNotExist();
    }
}
