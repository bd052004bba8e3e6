package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A test against a JSSE server without an adapter, with the agent and the embed jar; and what holds for each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnAgent {
    static final String PAGE = "/shop/hello";

    final Site site = Site.current();
    final Certificates certificates = site.certificates();
    final int port;
    private final String name;
    private final Path folder;

    /** What the trail says from the test's begin on. */
    Records records;

    private AgentProcess server;

    /** @param name of the server's class in {@code src/test/agent} */
    OnAgent(String name) throws IOException {
        this.name = name;
        folder = Files.createDirectories(site.folder().resolve(name));
        port = Site.freePort();
    }

    /** The record of the handshake that was just made from this port. */
    abstract Line handshake(int from);

    @BeforeAll
    final void start() throws IOException {
        server = AgentProcess.start(name, folder, certificates.folder(), port, "deadline=3s");
        // From the first request that is joined on, those that no filter hears are found.
        try (var connection = client(Client.ALICE).connect()) {
            assertThat(connection.get(PAGE).status()).isEqualTo(200);
        }
    }

    @AfterAll
    final void stop() throws IOException {
        server.close();
        assertThat(Records.all(folder.resolve("trail")).lines()).last().satisfies(line -> assertThat(line.name())
                .isEqualTo("audit.stopped"));
    }

    @BeforeEach
    final void beginReading() {
        records = new Records(folder.resolve("trail"));
    }

    final TlsClient client(Client client, String... protocols) {
        return new TlsClient(port, certificates.context(client), protocols);
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
            Line record = handshake(client(client, protocol).attempt());
            assertThat(record.reason()).isEqualTo(reason);
            assertThat(record.get("tls.client.verified")).isEqualTo("false");
            assertThat(record.get("tls.client.subject")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void missingCertificateIsNamed(String protocol) throws Exception {
        int from = new TlsClient(port, certificates.anonymous(), protocol).attempt();
        assertThat(handshake(from).reason()).isEqualTo("certificate_required");
    }
}
