package io.certrail.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.tls.AlteredCertificate;
import io.certrail.tls.TestPki;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every connection leaves exactly one record of its handshake, with the reason where there is no success. */
final class HandshakeIT extends OnServer {
    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1.2", "TLSv1.3, 1.3"})
    void successTellsWhoSpokeHowAndIsJoinedToItsRequest(String protocol, String version) throws Exception {
        try (var connection = connect(Client.ALICE, protocol)) {
            var answer = connection.get("/api/whoami");
            assertThat(answer.status()).isEqualTo(200);
            Line handshake = records.handshake(connection.port());
            assertThat(handshake.get("event.outcome")).isEqualTo("success");
            assertThat(handshake.get("tls.protocol.version")).isEqualTo(version);
            assertThat(handshake.get("tls.established")).isEqualTo("true");
            assertThat(handshake.get("tls.resumed")).isNotEqualTo("true");
            assertThat(handshake.get("tls.cipher")).startsWith("TLS_");
            assertThat(handshake.get("tls.client.verified")).isEqualTo("true");
            assertThat(handshake.get("client.address")).isEqualTo(loopback());
            assertThat(handshake.number("server.port")).isEqualTo(site.port());
            assertThat(handshake.number("event.duration_ns")).isPositive();
            assertIdentity(handshake, certificates.certificate(Client.ALICE));
            assertThat(records.request(answer.requestId()).connection())
                    .isNotEmpty()
                    .isEqualTo(handshake.connection());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void resumedSessionIsRecordedAsSuchWithItsCertificate(String protocol) throws Exception {
        TlsClient client = client(Client.ALICE, protocol);
        List<Line> handshakes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (var connection = client.connect()) {
                connection.get("/api/whoami");
                handshakes.add(records.handshake(connection.port()));
            }
        }
        assertThat(handshakes.get(0).get("tls.resumed")).isNotEqualTo("true");
        assertThat(handshakes.get(1).get("tls.resumed")).isEqualTo("true");
        assertThat(handshakes.get(1).get("event.outcome")).isEqualTo("success");
        assertIdentity(handshakes.get(1), certificates.certificate(Client.ALICE));
        assertThat(handshakes.get(0).connection())
                .isNotEqualTo(handshakes.get(1).connection());
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, certificate_expired",
        "NOT_YET_VALID, certificate_not_yet_valid",
        "REVOKED, certificate_revoked",
        "UNTRUSTED, unknown_ca",
        "SELF_SIGNED, self_signed",
        "WRONG_USAGE, wrong_key_usage"
    })
    void refusedCertificateIsNamedWithTheReasonInBothVersions(Client client, String reason) throws Exception {
        for (String protocol : List.of(TlsClient.TLS_1_2, TlsClient.TLS_1_3)) {
            Line record = records.handshake(client(client, protocol).attempt());
            assertRefused(record, reason, certificates.certificate(client));
        }
        settle();
        assertThat(records.lines(Line::isHandshake)).hasSize(3);
    }

    @Test
    void reasonsThatTheServersOwnWordsHideAreFound() throws Exception {
        var root = certificates.hostile();
        var narrow = root.issue("CN=Narrow CA").ca(0).build();
        var deeper = narrow.issue("CN=Deeper CA").ca(0).build();
        var limited = root.issue("CN=Limited CA")
                .ca()
                .excluded(new GeneralName(GeneralName.dNSName, "forbidden.example"))
                .build();
        var leaf = root.issue("CN=No CA").client().build();
        Map<String, TestPki.Identity[]> cases = new HashMap<>();
        cases.put(
                "path_length_exceeded",
                new TestPki.Identity[] {deeper.issue("CN=Too Deep").client().build(), deeper, narrow});
        cases.put("name_constraints_violated", new TestPki.Identity[] {
            limited.issue("CN=Outside")
                    .client()
                    .names(new GeneralName(GeneralName.dNSName, "forbidden.example"))
                    .build(),
            limited
        });
        cases.put(
                "invalid_ca",
                new TestPki.Identity[] {leaf.issue("CN=Of No CA").client().build(), leaf});
        cases.put("bad_certificate_signature", new TestPki.Identity[] {
            root.issue("CN=Tampered").client().tampered().build()
        });
        cases.put("unknown_critical_extension", new TestPki.Identity[] {
            root.issue("CN=Odd").client().unknownCriticalExtension().build()
        });
        for (var each : cases.entrySet()) {
            assertRefused(presented(each.getValue()), each.getKey(), each.getValue()[0].certificate());
        }
    }

    /** The JDK's trust manager throws no CertificateException, and its engine calls the message an unsupported one. */
    @Test
    void constraintsThatTheTrustManagerDoesNotKnowAreTheReason() throws Exception {
        GeneralName name = TestPki.userPrincipalName("somebody");
        var limited =
                certificates.hostile().issue("CN=Odd CA").ca().excluded(name).build();
        var client = limited.issue("CN=Somebody").client().names(name).build();

        assertRefused(presented(client, limited), "name_constraints_violated", client.certificate());
    }

    private Line presented(TestPki.Identity... chain) throws Exception {
        return presented(TlsClient.TLS_1_3, chain[0], TestPki.chain(chain));
    }

    private Line presented(String protocol, TestPki.Identity leaf, X509Certificate... chain) throws Exception {
        return records.handshake(new TlsClient(site.port(), certificates.context(leaf, chain), protocol).attempt());
    }

    /** With TLS 1.3 it comes encrypted, and the engine refuses it before any trust manager sees it. */
    @ParameterizedTest
    @CsvSource({TlsClient.TLS_1_2 + ", 1.2", TlsClient.TLS_1_3 + ", 1.3"})
    void certificateThatTheServerCannotReadIsNamedAllTheSame(String protocol, String version) throws Exception {
        var odd = certificates.hostile().issue("CN=Odd").client().build();
        var altered = AlteredCertificate.of(odd.certificate());

        Line record = presented(protocol, odd, altered);

        assertRefused(record, "bad_certificate", altered);
        assertThat(record.get("tls.protocol.version")).isEqualTo(version);
        assertThat(record.get("tls.cipher")).startsWith("TLS_");
        assertIdentity(presented(protocol, odd, odd.certificate(), altered), odd.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void clientWithoutCertificateIsRefused(String protocol) throws Exception {
        Line record = records.handshake(new TlsClient(site.port(), certificates.anonymous(), protocol).attempt());
        assertFailed(record, "certificate_required");
        assertThat(record.get("tls.client.subject")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {TlsClient.TLS_1_2, TlsClient.TLS_1_3})
    void clientThatDistrustsTheServerIsQuotedByItsAlert(String protocol) throws Exception {
        SSLContext context = certificates.distrustful(Client.ALICE);
        Line record = records.handshake(new TlsClient(site.port(), context, protocol).attempt());
        assertFailed(record, "client_alert_certificate_unknown");
        assertThat(record.get("tls.alert.received")).isEqualTo("certificate_unknown");
    }

    @Test
    void clientOfOldProtocolsIsTold() throws Exception {
        Line record = said(hello(0x0302, 0xC013, 0x002F));
        assertFailed(record, "unsupported_protocol");
        assertThat(record.list("tls.offered.versions")).containsExactly("1.1");
    }

    @Test
    void clientWithoutACommonCipherIsTold() throws Exception {
        Line record = said(hello(0x0303, 0x0005, 0x0004));
        assertFailed(record, "no_shared_cipher");
        assertThat(record.number("tls.offered.ciphers")).isEqualTo(2);
    }

    @Test
    void plainHttpIsRecognised() throws Exception {
        assertFailed(said(Connection.head("GET", "/api/whoami").getBytes(US_ASCII)), "not_tls_http");
    }

    @Test
    void garbageIsRecognised() throws Exception {
        byte[] garbage = new byte[64];
        Arrays.fill(garbage, (byte) 0xA7);
        assertFailed(said(garbage), "not_tls_garbage");
    }

    @Test
    void clientThatClosesWithinItsHelloIsRecordedAsAborted() throws Exception {
        int port;
        try (Socket socket = TlsClient.tcp(site.port())) {
            port = socket.getLocalPort();
            sendHalfAHello(socket);
        }
        assertFailed(records.handshake(port), "client_aborted");
    }

    @Test
    void clientThatResetsWithinItsHelloIsRecordedAsSuch() throws Exception {
        var connection = new Connection(TlsClient.tcp(site.port()));
        int port = connection.port();
        sendHalfAHello(connection.socket());
        connection.reset();
        assertFailed(records.handshake(port), "client_reset");
    }

    @Test
    void clientThatSaysNothingIsRecordedWhetherItClosesOrNot() throws Exception {
        int closing;
        try (Socket socket = TlsClient.tcp(site.port())) {
            closing = socket.getLocalPort();
        }
        assertFailed(records.handshake(closing), "no_data");
        try (Socket silent = TlsClient.tcp(site.port());
                Socket stalling = TlsClient.tcp(site.port())) {
            sendHalfAHello(stalling);
            assertThat(records.handshake(silent.getLocalPort()).reason()).isIn("no_data", "handshake_timeout");
            assertFailed(records.handshake(stalling.getLocalPort()), "handshake_timeout");
        }
        settle();
        assertThat(records.lines(Line::isHandshake)).hasSize(4);
    }

    @Test
    void oneRecordEachWhateverTheHandshakesAre() throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (Client client : Client.values()) {
            ports.add(client(client).attempt());
        }
        ports.forEach(records::handshake);
        settle();
        List<Line> handshakes = records.lines(Line::isHandshake);
        assertThat(handshakes).hasSize(ports.size() + 1);
        assertThat(handshakes).extracting(Line::connection).doesNotHaveDuplicates();
    }

    private static void sendHalfAHello(Socket socket) throws IOException {
        byte[] hello = hello(0x0303, 0xC02F);
        socket.getOutputStream().write(hello, 0, hello.length / 2);
        socket.getOutputStream().flush();
    }

    /** What is recorded of a connection on which this was said, after the server hung up. */
    private Line said(byte[] bytes) throws IOException {
        try (Socket socket = TlsClient.tcp(site.port())) {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return records.handshake(socket.getLocalPort());
        }
    }

    private void assertRefused(Line record, String reason, X509Certificate certificate) throws Exception {
        assertFailed(record, reason);
        assertThat(record.get("tls.client.verified")).isNotEqualTo("true");
        assertIdentity(record, certificate);
    }

    private void assertFailed(Line record, String reason) {
        assertThat(record.reason()).as("%s", record).isEqualTo(reason);
        assertThat(record.get("event.outcome")).isEqualTo("failure");
        assertThat(record.get("error.message")).isNotEmpty().hasSizeLessThanOrEqualTo(512);
        assertThat(record.get("client.address")).isEqualTo(loopback());
        assertThat(record.get("tls.established")).isNotEqualTo("true");
        assertThat(record.connection()).isNotEmpty();
    }

    private static void assertIdentity(Line record, X509Certificate certificate) throws Exception {
        assertThat(record.get("tls.client.subject"))
                .isEqualTo(certificate.getSubjectX500Principal().getName());
        assertThat(record.get("tls.client.issuer"))
                .isEqualTo(certificate.getIssuerX500Principal().getName());
        assertThat(record.get("tls.client.hash.sha256").replace(":", "")).isEqualToIgnoringCase(sha256(certificate));
        assertThat(record.get("tls.client.not_after"))
                .startsWith(certificate.getNotAfter().toInstant().toString().substring(0, 19));
    }

    private static String sha256(X509Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /** A ClientHello of one record, without extensions: RFC 5246 section 7.4.1.2. */
    private static byte[] hello(int version, int... suites) {
        int body = 2 + 32 + 1 + 2 + 2 * suites.length + 2;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body);
        hello.putShort((short) version).put(new byte[32]).put((byte) 0);
        hello.putShort((short) (2 * suites.length));
        for (int suite : suites) {
            hello.putShort((short) suite);
        }
        return hello.put((byte) 1).put((byte) 0).array();
    }
}
