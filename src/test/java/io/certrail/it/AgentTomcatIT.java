package io.certrail.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JSSE server without an adapter, here an embedded Tomcat, with the agent and the embed jar. Tomcat does not tell the TLS
 * engine who its client is: a handshake is the next one that is recorded.
 */
final class AgentTomcatIT {
    private static final String PAGE = "/shop/hello";

    private static Path folder;
    private static int port;
    private static AgentProcess tomcat;

    private final Certificates certificates = Site.current().certificates();
    private Records records;

    @BeforeAll
    static void start() throws IOException {
        Site site = Site.current();
        folder = Files.createDirectories(site.folder().resolve("tomcat"));
        port = Site.freePort();
        tomcat = AgentProcess.start("TomcatServer", folder, site.certificates().folder(), port, "deadline=3s");
        // From the first request that is joined on, those that no filter hears are found.
        try (var connection = new TlsClient(port, site.certificates().context(Client.ALICE)).connect()) {
            assertThat(connection.get(PAGE).status()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        tomcat.close();
        assertThat(Records.all(folder.resolve("trail")).lines()).last().satisfies(line -> assertThat(line.name())
                .isEqualTo("audit.stopped"));
    }

    @BeforeEach
    void beginReading() {
        records = new Records(folder.resolve("trail"));
    }

    private TlsClient client(Client client, String... protocols) {
        return new TlsClient(port, certificates.context(client), protocols);
    }

    private Line handshake() {
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
                Line handshake = handshake();
                assertThat(handshake.connection()).isEqualTo(request.connection());
                assertThat(handshake.get("event.outcome")).isEqualTo("success");
                assertThat(handshake.get("tls.protocol.version")).isEqualTo(version);
                assertThat(handshake.get("tls.client.verified")).isEqualTo("true");
                assertThat(handshake.get("tls.resumed")).isEqualTo(i == 0 ? "false" : "true");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate_expired",
        "REVOKED, certificate_revoked",
        "UNTRUSTED, unknown_ca",
        "SELF_SIGNED, self_signed",
        "WRONG_USAGE, wrong_key_usage"
    })
    void refusedCertificatesAreNamed(Client client, String reason) throws Exception {
        for (String protocol : new String[] {TlsClient.TLS_1_2, TlsClient.TLS_1_3}) {
            client(client, protocol).attempt();
            Line record = handshake();
            assertThat(record.reason()).isEqualTo(reason);
            assertThat(record.get("tls.client.verified")).isEqualTo("false");
            assertThat(record.get("tls.client.subject")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void missingCertificateIsNamed(String protocol) throws Exception {
        new TlsClient(port, certificates.anonymous(), protocol).attempt();
        assertThat(handshake().reason()).isEqualTo("certificate_required");
    }

    @Test
    void whatTomcatAnswersBeforeItMakesAnEngineIsNotSeen() throws Exception {
        try (Socket socket = TlsClient.tcp(port)) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertThat(socket.getInputStream().read()).isNotEqualTo(22);
        }
        try (var connection = client(Client.ALICE).connect()) {
            connection.get(PAGE);
            assertThat(handshake().get("event.outcome")).isEqualTo("success");
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
            assertThat(handshake().connection()).isEqualTo(request.connection());
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
        Site site = Site.current();
        Path other = Files.createDirectories(site.folder().resolve("tomcat-without-cdi"));
        Path pki = site.certificates().folder();
        int free = Site.freePort();
        assertThatThrownBy(() -> AgentProcess.start("TomcatServer", other, pki, free, "deadline=3s", "without-cdi"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("CTR0404")
                .hasMessageContaining("no CDI");
        assertThat(other.resolve("trail")).doesNotExist();
    }
}
