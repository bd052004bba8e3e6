package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.dev.Server;
import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Clients that renegotiate TLS 1.2, to come with another certificate (RFC 5246 section 7.4.1.1). The JDK takes part in that,
 * but Payara forbids it unless it is told otherwise, as it is here.
 */
final class RenegotiationIT {
    private static final Site SITE = Site.current();
    private static final Path TRAIL = SITE.folder().resolve("renegotiation-trail");

    private static final int READ_MILLIS = 500;

    private static int port;
    private static Server server;

    private final Certificates certificates = SITE.certificates();
    private final ChangingIdentity identity = new ChangingIdentity(certificates.presented(Client.ALICE));
    private final Records records = new Records(TRAIL);

    @BeforeAll
    static void start() throws Exception {
        port = Site.freePort();
        server = Server.start(
                SITE.server("renegotiation", port)
                        .trail(TRAIL)
                        .property("jdk.tls.rejectClientInitiatedRenegotiation", "false")
                        .deploy(Site.built("certrail.war"), "/"),
                line -> {});
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private Connection connect() throws IOException {
        return new TlsClient(port, certificates.context(identity), TlsClient.TLS_1_2).connect();
    }

    /** A socket of the JDK's does it while it reads, and there is nothing else to read. */
    private void renegotiateAs(Client other, Connection connection) throws IOException {
        identity.become(certificates.presented(other));
        var tls = (SSLSocket) connection.socket();
        var done = new CountDownLatch(1);
        tls.addHandshakeCompletedListener(event -> done.countDown());
        tls.getSession().invalidate();
        tls.startHandshake();
        int patience = tls.getSoTimeout();
        tls.setSoTimeout(READ_MILLIS);
        while (done.getCount() > 0) {
            try {
                throw new IOException("read " + tls.getInputStream().read());
            } catch (SocketTimeoutException e) {
                // nothing more was to come, or not yet
            }
        }
        tls.setSoTimeout(patience);
    }

    private static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    @Test
    void requestIsTheClientsWhoseCertificateCameLast() throws Exception {
        try (var connection = connect()) {
            assertIs(Client.ALICE, connection.get("/api/whoami"));
            if (SITE.mayRenegotiate()) {
                renegotiateAs(Client.AUDITOR, connection);
                assertIs(Client.AUDITOR, connection.get("/api/whoami"));
                assertIs(Client.AUDITOR, connection.get("/api/whoami"));
            }
            assertThat(records.handshake(connection.port()).get("tls.client.subject"))
                    .isEqualTo(subject(certificates.certificate(Client.ALICE)));
        }
    }

    /** To the container, to the application, and on record. */
    private void assertIs(Client client, Answer answer) {
        Line record = records.request(answer.requestId());
        assertThat(record.get("tls.client.subject")).isEqualTo(subject(certificates.certificate(client)));
        assertThat(record.get("user.name")).contains("CN=" + client.fileName());
        assertThat(record.get("tls.resumed")).isEqualTo("false");
        assertThat(answer.body()).contains("CN=" + client.fileName());
    }

    @Test
    void certificateThatIsRefusedLaterIsToldWithItsReason() throws Exception {
        try (var connection = connect()) {
            assertIs(Client.ALICE, connection.get("/api/whoami"));
            assertThatThrownBy(() -> {
                        renegotiateAs(Client.EXPIRED, connection);
                        connection.get("/api/whoami");
                    })
                    .isInstanceOf(IOException.class);
            int client = connection.port();
            if (SITE.mayRenegotiate()) {
                Line end = records.awaitOne(
                        line -> line.name().equals("tls.closed") && line.number("client.port") == client);
                assertThat(end.reason()).isEqualTo("certificate_expired");
                assertThat(end.get("error.message"))
                        .startsWith("after the handshake:")
                        .contains("CN=expired");
            }
        }
    }
}
