package io.certrail.scan.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Reason;
import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.log.LogFile;
import io.certrail.scan.log.LogLine;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import io.certrail.scan.log.Profiles;
import io.certrail.scan.probe.Credential.Presented;
import io.certrail.scan.probe.Expected;
import io.certrail.scan.probe.Expected.Decision;
import io.certrail.scan.probe.Hostile;
import io.certrail.scan.probe.Probe;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.Sighting;
import io.certrail.scan.probe.Sighting.Closing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single lines of logs, and what is made of them. */
class JudgeTest {
    private static final Instant BEGAN = Instant.parse("2026-11-27T10:00:00Z");
    static final Instant ENDED = BEGAN.plusMillis(40);
    private static final int PORT = 46_770;
    private static final String NONCE = "n0nce7f3a";

    @Test
    void shortSerialNumberIsNoTrace() throws Exception {
        Tried forbidden = tried("127.0.0.1", "3");

        assertThat(judge("text", forbidden, "10.3.3.3:5133 CN=other, serial 13 of 2033: 403 for /forbidden")
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.FAIL);
        assertThat(judge("text", forbidden, "10.3.3.3:5133 serial=3 of another authority: 403")
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void shortSerialNumberIsAnIdentityWhereItIsNamedAsOne() throws Exception {
        Tried forbidden = tried("127.0.0.1", "3");

        for (String named : List.of("serial: 03", "serial number=0x3", "client_serial=\"3\"", "serialNumber 3,")) {
            assertThat(judge("text", forbidden, "127.0.0.1:46770 " + named + " status 403")
                            .mark(Check.IDENTITY)
                            .grade())
                    .as(named)
                    .isEqualTo(Grade.PASS);
        }
        assertThat(judge("text", forbidden, "127.0.0.1:46770 serial 13 status 403")
                        .mark(Check.IDENTITY)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void serialNumberBehindANameAndAColonIsAnIdentity() throws Exception {
        Tried forbidden = tried("127.0.0.1", "13dddcce1efa03abd811223079b6d4c");
        String pairs = "01:3D:DD:CC:E1:EF:A0:3A:BD:81:12:23:07:9B:6D:4C";

        for (String named : List.of(
                "client{serialNumber:13dddcce1efa03abd811223079b6d4c}",
                "client{serialNumber:013DDDCCE1EFA03ABD811223079B6D4C}",
                "sn:13dddcce1efa03abd811223079b6d4c",
                "sn:" + pairs,
                "serial:" + pairs,
                "serial_" + pairs,
                "serial " + pairs.substring(1),
                "id=" + pairs)) {
            assertThat(judge("text", forbidden, "127.0.0.1:46770 " + named + " status 403")
                            .mark(Check.IDENTITY)
                            .grade())
                    .as(named)
                    .isEqualTo(Grade.PASS);
        }
        assertThat(judge("text", forbidden, "127.0.0.1:46770 sn:AA:" + pairs + " status 403")
                        .mark(Check.IDENTITY)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void longSerialNumberIsATraceByItself() throws Exception {
        Tried forbidden = tried("127.0.0.1", "1f2e3d4c5b6a79880");

        assertThat(judge("text", forbidden, "refused 01:F2:E3:D4:C5:B6:A7:98:80 with 403")
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.PASS);
        assertThat(judge("text", forbidden, "refused a1f2e3d4c5b6a79880 with 403")
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void addressOfIpv6IsTheSameInShort() throws Exception {
        Tried forbidden = tried("0:0:0:0:0:0:0:1", "3");
        String json = "{\"connection\":\"7\",\"remote_addr\":\"::1\",\"remote_port\":\"46770\",\"status\":\"403\"}";

        for (String line : List.of(json, json.replace("::1", "0:0:0:0:0:0:0:1"))) {
            Judgement judged = judge("nginx", forbidden, line);
            assertThat(judged.mark(Check.RECORDED).grade()).isEqualTo(Grade.PASS);
            assertThat(judged.mark(Check.PEER).grade()).isEqualTo(Grade.PASS);
        }
        for (String text : List.of("peer [::1]:46770 403", "peer=::1:46770 403", "client:::1 46770 403")) {
            assertThat(judge("text", forbidden, text).mark(Check.PEER).grade())
                    .as(text)
                    .isEqualTo(Grade.PASS);
        }
        assertThat(judge("nginx", forbidden, json.replace("::1", "::2"))
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.FAIL);
        assertThat(judge("text", forbidden, "peer [fe80::1]:46770 403")
                        .mark(Check.RECORDED)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void addressOfIpv4IsTheSameMappedToIpv6() throws Exception {
        String line = "::ffff:127.0.0.1:46770 [27/Nov/2026:10:00:00.000] https~ app/s1 0/0/1/2/3 403 212";
        Judgement judged = judge("haproxy", tried("127.0.0.1", "3"), line);

        assertThat(judged.mark(Check.RECORDED).grade()).isEqualTo(Grade.PASS);
        assertThat(judged.mark(Check.PEER).grade()).isEqualTo(Grade.PASS);
    }

    @Test
    void addressWithoutPortIsNoPartOfALongerOne() throws Exception {
        assertThat(judge("text", tried("10.0.0.1", "3"), "10.0.0.12 403", "10.0.0.1 403")
                        .lines())
                .containsExactly("10.0.0.1 403");
        assertThat(judge("text", tried("fe80:0:0:0:0:0:0:1", "3"), "fe80::1f 403", "fe80::1%eth0 403")
                        .lines())
                .containsExactly("fe80::1%eth0 403");
    }

    @Test
    void addressWithAnotherPortIsAnotherConnections() throws Exception {
        Tried forbidden = tried("127.0.0.1", "3");
        for (String other : List.of("127.0.0.1:50123 403", "from 127.0.0.1:50123, by way of 127.0.0.1:8443, 403")) {
            assertThat(judge("text", forbidden, other).mark(Check.RECORDED).grade())
                    .as(other)
                    .isEqualTo(Grade.FAIL);
        }
        assertThat(judge("text", forbidden, "127.0.0.1: 403", "127.0.0.1 to 127.0.0.1:8443 403")
                        .lines())
                .hasSize(2);

        Tried ipv6 = tried("fe80:0:0:0:0:0:0:1", "3");
        for (String other : List.of("[fe80::1]:50123 403", "[fe80::1%eth0]:50123 403", "[fe80:0:0:0:0:0:0:1]:50123")) {
            assertThat(judge("text", ipv6, other).mark(Check.RECORDED).grade())
                    .as(other)
                    .isEqualTo(Grade.FAIL);
        }
        assertThat(judge("text", ipv6, "[fe80::1] 403", "fe80::1%eth0 403").lines())
                .hasSize(2);
    }

    @Test
    void nameThatBeginsAsTheClientsIsAnothers() throws Exception {
        Tried forbidden = tried("127.0.0.1", "3");
        String json =
                "{\"connection\":\"7\",\"remote_addr\":\"127.0.0.1\",\"remote_port\":\"46770\",\"status\":\"403\","
                        + "\"ssl_client_s_dn\":\"%s\"}";

        for (String other : List.of("CN=goodman", "CN=good-ca", "CN=good.example.com")) {
            assertThat(identity("text", forbidden, "127.0.0.1:46770 403 issuer " + other))
                    .as(other)
                    .isEqualTo(Grade.FAIL);
            assertThat(identity("nginx", forbidden, json.formatted(other)))
                    .as(other)
                    .isEqualTo(Grade.FAIL);
        }
        for (String own : List.of("CN=good", "CN=good,OU=clients", "/OU=clients/CN=good", "CN=good__", "CN=good.")) {
            assertThat(identity("text", forbidden, "127.0.0.1:46770 403 subject " + own + " refused"))
                    .as(own)
                    .isEqualTo(Grade.PASS);
            assertThat(identity("nginx", forbidden, json.formatted(own)))
                    .as(own)
                    .isEqualTo(Grade.PASS);
        }
    }

    @Test
    void subjectWithoutACommonNameIsAnIdentityInTextToo() throws Exception {
        var presented = new Presented("O=SPIRE,C=US", "3", "5a".repeat(32), "a5".repeat(20), "");
        Tried forbidden = tried("127.0.0.1", PORT, presented);

        assertThat(identity("text", forbidden, "127.0.0.1:46770 403 subject=O=SPIRE,C=US refused"))
                .isEqualTo(Grade.PASS);
        assertThat(identity("text", forbidden, "127.0.0.1:46770 403 subject=O=SPIRE,C=USA refused"))
                .isEqualTo(Grade.FAIL);
    }

    private static Grade identity(String profile, Tried tried, String line) throws Exception {
        return judge(profile, tried, line).mark(Check.IDENTITY).grade();
    }

    @Test
    void forgeryIsSeenBehindAHeaderOfSyslogToo() throws Exception {
        Tried hostile = tried("127.0.0.1", "3", Trait.HOSTILE);
        String header = "<134>Nov 27 10:00:00 host app[7]: ";
        String member = "{\"agent\":\"evil\",\"forged\":\"" + NONCE + "\",\"x\":\"\"}";
        String line = "{\"forged\":\"" + NONCE + "\"}";

        for (String forged : List.of(member, line, header + member, header + line)) {
            assertThat(judge("text", hostile, forged).mark(Check.NO_FORGERY).grade())
                    .as(forged)
                    .isEqualTo(Grade.FAIL);
        }
        assertThat(judge("text", hostile, header + member.replace("\",\"", "\\\",\\\""))
                        .mark(Check.NO_FORGERY)
                        .grade())
                .isEqualTo(Grade.PASS);
    }

    @Test
    void coloursOfALogAreNotTheControlsThatWereSent() throws Exception {
        Tried hostile = tried("127.0.0.1", "3", Trait.HOSTILE);
        String forged = "{\"forged\":\"" + NONCE + "\"}";

        for (String good : List.of(
                "\u001b[31mERROR\u001b[0m 127.0.0.1:46770 path=/evil-" + NONCE + "%0d%0a\u001b[2m status\u001b[0m=400",
                "127.0.0.1:46770 CN=evil\\r\\n" + forged + "\\r\\n\\u001b[31m" + NONCE + " \u001b[31mrefused",
                "127.0.0.1:46770 \u200e" + NONCE)) {
            assertThat(judge("text", hostile, good).mark(Check.CLEAN).grade())
                    .as(good)
                    .isEqualTo(Grade.PASS);
        }
        for (String raw : List.of(
                "127.0.0.1:46770 /evil-" + NONCE + "\r " + forged,
                "127.0.0.1:46770 evil\r " + forged,
                "127.0.0.1:46770 " + forged + "  \u001b[31m" + NONCE,
                "127.0.0.1:46770 " + forged + "\\r\\n\u001b[31m" + NONCE,
                "\u001b[31m" + NONCE + " refused")) {
            assertThat(judge("text", hostile, raw).mark(Check.CLEAN).grade())
                    .as(raw)
                    .isEqualTo(Grade.FAIL);
        }
    }

    @Test
    void nameOfACertificateIsNoReason() throws Exception {
        Tried revoked = refused("CN=revoked,OU=clients,O=Certrail Development", Reason.CERTIFICATE_REVOKED);
        String tracing = tracing("\"client_subject\":\"%s\",\"error\":\"%s\"");

        for (String named : List.of("CN=revoked,OU=clients", "/OU=clients/CN=revoked", "CN = revoked", "cn: revoked")) {
            assertThat(reason("text", revoked, "127.0.0.1:46770 handshake failed: bad certificate " + named))
                    .as(named)
                    .isEqualTo(Grade.PARTIAL);
            assertThat(reason("text", revoked, "127.0.0.1:46770 certificate revoked: " + named))
                    .as(named)
                    .isEqualTo(Grade.PASS);
        }
        for (String subject : List.of("revoked", "CN=revoked,OU=clients")) {
            assertThat(reason("tracing", revoked, tracing.formatted(subject, "bad certificate")))
                    .as(subject)
                    .isEqualTo(Grade.PARTIAL);
            assertThat(reason("tracing", revoked, tracing.formatted(subject, "Revoked")))
                    .as(subject)
                    .isEqualTo(Grade.PASS);
        }
    }

    @Test
    void reasonIsSeenThoughItHoldsTheNameOfTheCertificate() throws Exception {
        Tried expired = refused("CN=expired,OU=clients", Reason.CERTIFICATE_EXPIRED);
        String member = "\"client_subject\":\"expired\"";

        for (String fields : List.of(
                "\"error\":\"certificate has expired\"," + member, member + ",\"error\":\"certificate has expired\"")) {
            assertThat(reason("tracing", expired, tracing(fields))).as(fields).isEqualTo(Grade.PASS);
        }
        assertThat(reason("tracing", expired, tracing("\"error\":\"bad certificate\"," + member)))
                .isEqualTo(Grade.PARTIAL);
    }

    private static String tracing(String fields) {
        return "{\"timestamp\":\"2026-11-27T10:00:00Z\",\"level\":\"WARN\",\"target\":\"gate\",\"fields\":{"
                + "\"client_addr\":\"127.0.0.1\",\"client_port\":46770," + fields + "}}";
    }

    /** The line that HAProxy's remedy makes: the state has its four characters, and the number of no fault is no fault. */
    @Test
    void abortIsStatedByTheStateThatTheRemedyLogs() throws Exception {
        Tried aborted = refused("CN=good", Reason.CLIENT_ABORTED);
        String line =
                "{\"time\":\"27/Nov/2026:10:00:00.000\",\"client_ip\":\"127.0.0.1\",\"client_port\":46770,\"frontend\":"
                        + "\"fe\",\"id\":\"-\",\"subject\":\"\\/CN=good\",\"verify\":\"ssl_c_err=0\",\"status\":%s,\"state\":\"%s\"}";

        assertThat(reason("haproxy", aborted, line.formatted("400", "CR--"))).isEqualTo(Grade.PASS);
        assertThat(reason("haproxy", aborted, line.formatted("400", "CR"))).isEqualTo(Grade.FAIL);
        String ofError = // HAProxy 2.6: its words are of the socket and of TLS, where nothing went wrong
                "{\"time\":\"27/Nov/2026:16:14:02.866\",\"client_ip\":\"127.0.0.1\",\"client_port\":46770,\"frontend\":\"f\","
                        + "\"id\":\"-\",\"error\":\"Success - ssl_c_err=0 ssl_c_ca_err=0\",\"subject\":\"\\/CN=good\",\"status\":400%s}";
        assertThat(reason("haproxy", aborted, ofError.formatted(",\"state\":\"CR--\"")))
                .isEqualTo(Grade.PASS);
        assertThat(reason("haproxy", aborted, ofError.formatted(""))).isEqualTo(Grade.FAIL);
        assertThat(Profiles.builtIn().named("haproxy").remedy("reason-missing/availability"))
                .filteredOn(remedy -> remedy.contains("\"state\":\"%tsc\""))
                .hasSize(2);
    }

    @Test
    void namesOfAModuleAndOfACipherSuiteAreNoFault() throws Exception {
        Tried aborted = refused("CN=good", Reason.CLIENT_ABORTED);

        assertThat(reason(
                        "apache",
                        aborted,
                        "[Wed Nov 25 16:41:19.115175 2026] [ssl:info] [pid 784:tid 788] [client 127.0.0.1:46770] AH01964:"
                                + " Connection to child 2 established (server localhost:443)"))
                .isEqualTo(Grade.FAIL);
        assertThat(reason("text", aborted, "127.0.0.1:46770 TLSv1.3 TLS_AES_256_GCM_SHA384"))
                .isEqualTo(Grade.FAIL);
    }

    /** As BoringSSL and Envoy write them. */
    @Test
    void familyIsToldWithUnderscoresToo() throws Exception {
        Tried aborted = refused("CN=good", Reason.CLIENT_ABORTED);
        Tried expired = refused("CN=good", Reason.CERTIFICATE_EXPIRED);

        assertThat(reason("text", aborted, "127.0.0.1:46770 TLS_error:|268435612:SSL_routines:OPENSSL_internal:OTHER"))
                .isEqualTo(Grade.PARTIAL);
        assertThat(reason("text", expired, "127.0.0.1:46770 SSL_routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED"))
                .isEqualTo(Grade.PARTIAL);
    }

    private static Grade reason(String profile, Tried tried, String line) throws Exception {
        return judge(profile, tried, line).mark(Check.REASON).grade();
    }

    @Test
    void clientsOwnNameInAnAnswerIsNoLeak() throws Exception {
        Tried revoked = refused("CN=revoked,OU=clients", Reason.CERTIFICATE_REVOKED);

        assertThat(judge("text", answered(revoked, 403, "CN=revoked may not come in"), "")
                        .mark(Check.NO_LEAK)
                        .grade())
                .isEqualTo(Grade.PASS);
        assertThat(judge("text", answered(revoked, 403, "CN=revoked is revoked"), "")
                        .mark(Check.NO_LEAK)
                        .grade())
                .isEqualTo(Grade.FAIL);
    }

    /** A client whose certificate is refused in the handshake. */
    private static Tried refused(String subject, Reason reason) {
        var presented = new Presented(subject, "3", "5a".repeat(32), "a5".repeat(20), "");
        return answered(
                tried("127.0.0.1", PORT, presented, new Expected(Decision.REFUSE, List.of(reason.id()))), 0, "");
    }

    private static Tried answered(Tried tried, int status, String answer) {
        Sighting saw = tried.sighting();
        return new Tried(
                tried.probe(),
                new Sighting(
                        saw.address(),
                        saw.port(),
                        saw.nonce(),
                        saw.began(),
                        saw.ended(),
                        status != 0,
                        saw.presented(),
                        "",
                        status,
                        answer,
                        saw.closing(),
                        List.of(),
                        List.of(),
                        ""));
    }

    /** As nginx writes a path to its error log by default: as it came, decoded. */
    @Test
    void controlsAreSeenInAFileThatHasTheLineBreaksToo(@TempDir Path folder) throws Exception {
        Tried hostile = tried("127.0.0.1", "3", Trait.HOSTILE);
        Path file = Files.createFile(folder.resolve("error.log"));
        try (var log = new LogFile(file)) {
            log.mark();
            Files.writeString(
                    file,
                    "2026/11/27 10:00:00 [error] 7#7: *6 open() \"/srv" + decoded(Hostile.path(NONCE))
                            + "\" failed (2: No such file or directory), client: 127.0.0.1, server: localhost\n");
            String[] lines = log.poll().toArray(new String[0]);

            assertThat(lines).hasSize(3);
            assertThat(judge("nginx", hostile, lines).mark(Check.CLEAN).grade()).isEqualTo(Grade.FAIL);
        }
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path, StandardCharsets.ISO_8859_1);
    }

    @Test
    void certificateIsSeenHoweverItsBase64IsEncoded() throws Exception {
        String base64 = "MIIB".repeat(16) + "a+/b".repeat(16) + "Qw==".repeat(8);
        Tried forbidden =
                tried("127.0.0.1", PORT, new Presented("CN=good", "3", "5a".repeat(32), "a5".repeat(20), base64));

        for (String line : List.of(
                base64,
                base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
                base64.replace("+", "%2b").replace("/", "%2f"),
                base64.replace("/", "\\/"))) {
            assertThat(judge("text", forbidden, "127.0.0.1:46770 " + line)
                            .mark(Check.NO_CERTIFICATE)
                            .grade())
                    .as(line)
                    .isEqualTo(Grade.FAIL);
        }
    }

    static Judgement judge(String profile, Tried tried, String... lines) throws Exception {
        Profiles profiles = Profiles.builtIn();
        Profile read = profiles.named(profile);
        List<LogRecord> records = Stream.of(lines)
                .map(text -> read.read(new LogLine("log", text, ENDED)))
                .toList();
        var correlation = new Correlation(read, records, List.of(tried), Duration.ZERO);
        return new Judge(read, profiles.reasons(), records, correlation, Set.of(200), Duration.ofSeconds(2))
                .judge(tried);
    }

    static Tried tried(String address, String serial, Trait... traits) {
        var presented = new Presented("CN=good", serial, "5a".repeat(32), "a5".repeat(20), "");
        return tried(address, PORT, presented, traits);
    }

    static Tried tried(String address, int port, @Nullable Presented presented, Trait... traits) {
        return tried(address, port, presented, new Expected(Decision.REFUSE, List.of()), traits);
    }

    private static Tried tried(
            String address, int port, @Nullable Presented presented, Expected expected, Trait... traits) {
        var probe = new Probe(
                "forbidden",
                NONCE,
                "asks for what it may not have",
                Signal.AUTHORIZATION,
                null,
                expected,
                Set.of(traits),
                attempt -> {});
        return new Tried(
                probe,
                new Sighting(
                        address,
                        port,
                        NONCE,
                        BEGAN,
                        ENDED,
                        true,
                        presented,
                        "",
                        403,
                        "",
                        Closing.BY_SERVER,
                        List.of(),
                        List.of(),
                        ""));
    }
}
