package io.certrail.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.tls.TestPki;
import io.certrail.tls.TestPki.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, headers and chains made to break a log: each gives one record of one line that fools nobody. */
final class HostileIT extends OnServer {
    private static final int LONGEST_LINE = 16_000;

    @AfterEach
    void everyLineIsCleanAndTheServerStaysUp() throws Exception {
        settle();
        assertThat(records.lines()).allSatisfy(line -> {
            assertThat(line.text().getBytes(UTF_8)).hasSizeLessThan(LONGEST_LINE);
            assertThat(line.text().codePoints().filter(HostileIT::isDangerous).toArray())
                    .as("%s", line)
                    .isEmpty();
        });
    }

    /** Control and format characters, line separators, halves of surrogate pairs, and what is no character. */
    private static boolean isDangerous(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    static Stream<String> names() {
        return Stream.of(
                "a\r\n{\"time\":\"forged\"}",
                "quote\"back\\slash,plus+<>;#=",
                "\u001b[2J\u001b]0;owned\u0007",
                "\u202Eevil\u2066\u2069\u200F",
                "nul\u0000after",
                "\u2028\u2029\u0085\uFEFF",
                "\uD83D\uDE00\u0301",
                "n".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nameIsEscapedWhetherItsOwnerIsAcceptedOrNot(String name) throws Exception {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String(name))
                .build();
        Identity good =
                new TestPki.Builder(subject, certificates.hostile()).client().build();
        Identity bad = new TestPki.Builder(subject, certificates.hostile())
                .client()
                .expired()
                .build();
        Line accepted = records.handshake(present(good));
        assertThat(accepted.get("event.outcome")).as("%s", accepted).isEqualTo("success");
        assertThat(accepted.get("tls.client.subject")).startsWith("CN=");
        Line refused = records.handshake(present(bad));
        assertThat(refused.reason()).isEqualTo("certificate_expired");
        assertThat(refused.get("tls.client.subject")).isEqualTo(accepted.get("tls.client.subject"));
    }

    @Test
    void serialNumberOfThirtyThousandDigitsIsRecordedInShort() throws Exception {
        Identity identity = certificates
                .hostile()
                .issue("CN=serial")
                .client()
                .serial(new BigInteger("7".repeat(30_000), 16))
                .expired()
                .build();
        Line refused = records.handshake(present(identity));
        assertThat(refused.reason()).isEqualTo("certificate_expired");
        assertThat(refused.get("tls.client.serial_number")).startsWith("777").hasSizeLessThan(200);
    }

    @Test
    void nameThatLooksLikeAnOrganizationalUnitGivesNoRole() throws Exception {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, new DERUTF8String("mallory,OU=auditors"))
                .build();
        Identity identity =
                new TestPki.Builder(subject, certificates.hostile()).client().build();
        var client = new TlsClient(site.port(), certificates.context(identity, identity.certificate()));
        try (var connection = client.connect()) {
            assertThat(connection.get("/api/whoami").status()).isEqualTo(200);
            var answer = connection.get("/api/entries");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(records.request(answer.requestId()).list("user.roles")).isEmpty();
        }
    }

    @Test
    void nameOfInvalidUtf8IsRecorded() throws Exception {
        byte[] invalid = {'x', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] name = {0x30, 18, 0x31, 16, 0x30, 14, 0x06, 3, 0x55, 4, 3, 0x0C, 7}; // CN as UTF8String of 7 bytes
        byte[] der = Arrays.copyOf(name, name.length + invalid.length);
        System.arraycopy(invalid, 0, der, name.length, invalid.length);
        X500Name subject = X500Name.getInstance(der);
        Identity identity =
                new TestPki.Builder(subject, certificates.hostile()).client().build();
        Line record = records.handshake(present(identity));
        assertThat(record.get("event.outcome")).isIn("success", "failure");
    }

    @Test
    void certificateWithoutASubjectIsRecordedByItsOtherNames() throws Exception {
        Identity identity = new TestPki.Builder(
                        X500Name.getInstance(new X500NameBuilder().build()), certificates.hostile())
                .client()
                .extension(
                        Extension.subjectAlternativeName,
                        true,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "only.example")))
                .build();
        Line record = records.handshake(present(identity));
        assertThat(record.get("tls.client.subject")).isEmpty();
        assertThat(record.list("tls.client.subject_alternative_names")).containsExactly("DNS:only.example");
        assertThat(record.get("tls.client.serial_number")).isNotEmpty();
    }

    @Test
    void ofTwoHundredAlternativeNamesTheFirstAreKeptAndAllAreCounted() throws Exception {
        GeneralName[] names = IntStream.range(0, 200)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "host-" + i + ".example"))
                .toArray(GeneralName[]::new);
        Identity identity =
                certificates.hostile().issue("CN=many").client().names(names).build();
        Line record = records.handshake(present(identity));
        assertThat(record.get("event.outcome")).isEqualTo("success");
        assertThat(record.list("tls.client.subject_alternative_names"))
                .hasSize(16)
                .startsWith("DNS:host-0.example");
        assertThat(record.text()).contains("200");
    }

    @Test
    void chainOfFiftyIsRecordedOnce() throws Exception {
        Identity[] chain = new Identity[50];
        Identity issuer = certificates.hostile();
        for (int i = chain.length - 1; i > 0; i--) {
            issuer = issuer.issue("CN=Level " + i).ca().build();
            chain[i] = issuer;
        }
        chain[0] = issuer.issue("CN=At The End").client().build();
        X509Certificate[] certificatesOfChain = TestPki.chain(chain);
        Line record = records.handshake(
                new TlsClient(site.port(), certificates.context(chain[0], certificatesOfChain), TlsClient.TLS_1_3)
                        .attempt());
        assertThat(record.get("event.outcome")).isEqualTo("failure");
        assertThat(record.get("client.address")).isEqualTo(loopback());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/whoami/%0d%0aSet-Cookie:x",
                "/%00",
                "/%1b%5b2J",
                "/%E2%80%AE",
                "/..;/..;/etc/passwd",
                "/%zz",
                "/%ff%fe",
                "/%c0%ae%c0%ae/"
            })
    void hostilePathIsRecordedOnce(String path) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(Connection.head("GET", path, "Connection: close"));
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.status()).isPositive();
        }
    }

    @Test
    void hostileHeadersAreBoundedAndEscaped() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            List<String> said = List.of(
                    "User-Agent: \"\\" + "u".repeat(5_000),
                    "X-Request-Id: \"},\"event\":{",
                    "traceparent: 00-" + "g".repeat(32) + "-1-1");
            var answer = connection.get("/api/whoami", said.toArray(String[]::new));
            assertThat(answer.status()).isEqualTo(200);
            Line record = records.request(answer.requestId());
            assertThat(record.get("http.request.id_source")).isEqualTo("server");
            assertThat(record.get("user_agent.original")).isNotEmpty().hasSizeLessThan(1_000);
        }
    }

    @Test
    void headerThatTheParserRefusesForItsBytesIsRecordedOnce() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(Connection.head("GET", "/api/whoami", "User-Agent: \u00e2\u0080\u00ae\u001b[2J"));
            assertThat(records.requests(1, connection.port()).get(0).status()).isPositive();
        }
    }

    @Test
    void secretsOfARequestAreNotRecorded() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            var answer = connection.get(
                    "/api/whoami?token=hunter2", "Authorization: Bearer hunter2", "Cookie: session=hunter2");
            assertThat(records.request(answer.requestId()).text()).doesNotContain("hunter2");
        }
    }

    private int present(Identity identity) throws IOException {
        return new TlsClient(site.port(), certificates.context(identity, identity.certificate())).attempt();
    }
}
