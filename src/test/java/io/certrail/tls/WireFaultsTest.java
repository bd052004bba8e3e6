package io.certrail.tls;

import static io.certrail.tls.Expected.refused;
import static io.certrail.tls.Expected.verdict;
import static io.certrail.tls.Hello.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.event.Reason;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hand-made clients do to the JDK's server, and the reason told. */
class WireFaultsTest {
    private static final TestPki.Identity ROOT = TestPki.root("CN=Root");
    private static final TestPki.Identity SERVER =
            ROOT.issue("CN=localhost").server().rsa(2048).build();
    private static final TestPki.Identity CLIENT =
            ROOT.issue("CN=gx01q").client().build();
    private static final EngineServer.Site SITE = new EngineServer.Site(SERVER, List.of(ROOT.certificate()));

    private static EngineServer send(byte[]... flights) {
        return send(SITE, flights);
    }

    private static EngineServer send(EngineServer.Site site, byte[]... flights) {
        EngineServer server = site.accept();
        for (byte[] flight : flights) {
            server.receive(flight);
        }
        return server;
    }

    private static EngineClient client(String version) {
        return EngineClient.presenting(SERVER.certificate(), CLIENT.key(), TestPki.chain(CLIENT))
                .protocol(version);
    }

    @Test
    void oldProtocolsAreNamed() {
        byte[] ssl3 = new Hello()
                .legacy(0x0300)
                .record(0x0300)
                .suites(Hello.CBC)
                .withoutExtensions()
                .bytes();
        assertThat(refused(send(ssl3), Reason.UNSUPPORTED_PROTOCOL).message()).contains("SSLv3 only");
        for (int version : new int[] {0x0301, 0x0302}) {
            byte[] hello = new Hello().legacy(version).suites(Hello.CBC).bytes();
            Fault fault = refused(send(hello), Reason.UNSUPPORTED_PROTOCOL);
            assertThat(fault.message())
                    .contains(TlsName.spokenVersion(version) + " only; the server takes TLS 1.3, TLS 1.2");
        }
        EngineServer server = send(new Hello().legacy(0x0301).suites(Hello.CBC).bytes());
        HandshakeVerdict verdict = verdict(server.facts());
        assertThat(verdict.tls().offered().versions()).containsExactly("1.0");
        assertThat(verdict.tls().offered().ciphers()).isEqualTo(6);
        assertThat(verdict.serverName()).isEqualTo("localhost");
    }

    @Test
    void anSsl2HelloIsNamed() {
        byte[] hello = join(
                new byte[] {(byte) 0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10},
                new byte[21],
                "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        assertThat(refused(send(hello), Reason.UNSUPPORTED_PROTOCOL).message()).contains("SSLv2");
    }

    @Test
    void versionsThatDoNotExistAreNamed() {
        refused(send(Hello.tls13().versions(0x0305).suites(0x1301).bytes()), Reason.UNSUPPORTED_PROTOCOL);
        refused(send(Hello.tls13().versions(0x1A1A, 0x2A2A).suites(0x1301).bytes()), Reason.UNSUPPORTED_PROTOCOL);
        refused(send(Hello.tls13().versions(0x0302, 0x0301).suites(Hello.CBC).bytes()), Reason.UNSUPPORTED_PROTOCOL);
        refused(send(Hello.tls12().record(0x0501).bytes()), Reason.UNSUPPORTED_PROTOCOL);
    }

    @Test
    void anOldLegacyVersionInAnOfferOfTls13IsNamed() {
        Fault fault = refused(send(Hello.tls13().versions(0x0304).legacy(0x0300).bytes()), Reason.UNSUPPORTED_PROTOCOL);
        assertThat(fault.message()).contains("legacy_version is that of SSLv3", "must not have");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 10_000})
    void aHelloIsOneMessageInHoweverManyRecords(int size) {
        byte[] hello = Hello.tls13().fragments(size);
        assertThat(refused(send(hello).facts(Ending.CLOSED_BY_CLIENT), Reason.CLIENT_ABORTED)
                        .message())
                .isEqualTo("client closed the connection after its ClientHello, " + hello.length + " bytes");
        byte[] more = join(hello, new byte[] {20, 3, 3, 0, 1, 1});
        assertThat(refused(send(more).facts(Ending.CLOSED_BY_CLIENT), Reason.CLIENT_ABORTED)
                        .message())
                .isEqualTo("client closed the connection after " + more.length
                        + " bytes, in the middle of its answer to the server");
    }

    @Test
    void noSharedCipherIsNamed() {
        refused(send(Hello.tls12().suites(0x0004, 0x0005, 0x0003, 0x0062).bytes()), Reason.NO_SHARED_CIPHER);
        Fault fault = refused(send(Hello.tls12().suites(0x003B, 0xC010, 0x00A6).bytes()), Reason.NO_SHARED_CIPHER);
        assertThat(fault.message())
                .isEqualTo("no cipher in common: client offers TLS_RSA_WITH_NULL_SHA256, TLS_ECDHE_RSA_WITH_NULL_SHA, "
                        + "TLS_DH_anon_WITH_AES_128_GCM_SHA256");
        refused(send(Hello.tls13().suites(0x1304, 0x1305).versions(0x0304).bytes()), Reason.NO_SHARED_CIPHER);
    }

    @Test
    void noSharedGroupIsNamed() {
        refused(send(Hello.tls12().groups(1, 2).bytes()), Reason.NO_SHARED_GROUP);
        Fault fault = refused(send(Hello.tls13().versions(0x0304).groups(1, 2).bytes()), Reason.NO_SHARED_GROUP);
        assertThat(fault.message()).contains("sect163k1");
    }

    @Test
    void helloWithGroupsAndWithoutKeysIsNamed() {
        Fault fault =
                refused(send(Hello.tls13().versions(0x0304).withoutKeyShares().bytes()), Reason.MISSING_EXTENSION);
        assertThat(fault.message()).contains("key_share");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "29 | 32 | small order",
                "29 | 31 | the key for x25519 has 31 bytes where it takes 32",
                "30 | 55 | the key for x448 has 55 bytes where it takes 56",
                "23 | 65 | secp256r1",
                "24 | 96 | the key for secp384r1 has 96 bytes where it takes 97",
                "256 | 256 | too small",
                "256 | 257 | the key for ffdhe2048 has 257 bytes where it takes 256",
            })
    void aKeyThatIsNoneOfItsGroupIsNamed(int group, int length, String words) {
        byte[] hello = Hello.tls13()
                .versions(0x0304)
                .groups(group)
                .key(new byte[length])
                .bytes();
        EngineServer server = send(hello);
        if (server.failure() == null) { // JDK 17 asks for another key with HelloRetryRequest
            Fault fault = refused(server.facts(Ending.TIMED_OUT), Reason.ILLEGAL_PARAMETER);
            assertThat(fault.message()).contains(words, "though the server let it pass", "client went silent");
        } else {
            assertThat(refused(server, Reason.ILLEGAL_PARAMETER).message())
                    .startsWith("illegal key exchange: ")
                    .contains(words);
        }
    }

    @Test
    void aPointThatIsNotOnTheCurveIsNamed() {
        byte[] point = new byte[65];
        Arrays.fill(point, (byte) 4);
        Fault in13 = refused(
                send(Hello.tls13().versions(0x0304).groups(23).key(point).bytes()), Reason.ILLEGAL_PARAMETER);
        assertThat(in13.message()).contains("not on curve");
        EngineServer.Site site = new EngineServer.Site(SERVER, List.of(ROOT.certificate()))
                .with(engine -> engine.setNeedClientAuth(false));
        byte[] exchange = Hello.record(22, 0x0303, Hello.message(16, Hello.vector(1, point)));
        Fault in12 = refused(
                send(site, Hello.tls12().suites(0xC02F).groups(23).bytes(), exchange), Reason.ILLEGAL_PARAMETER);
        assertThat(in12.message()).startsWith("illegal key exchange: ").contains("not on curve");
    }

    @Test
    void recordsOfOtherTypesAfterTheHelloAreNamed() {
        byte[] heartbeat = Hello.record(24, 0x0303, new byte[] {1, 0, 1, 0});
        assertThat(refused(send(Hello.tls12().bytes(), heartbeat), Reason.UNEXPECTED_MESSAGE)
                        .message())
                .contains("heartbeat");
        byte[] unknown = Hello.record(99, 0x0303, new byte[16]);
        assertThat(refused(send(Hello.tls12().bytes(), unknown), Reason.UNEXPECTED_MESSAGE)
                        .message())
                .contains("unexpected record");
    }

    @Test
    void tls13WithoutSignatureAlgorithmsIsNamed() {
        Fault fault =
                refused(send(Hello.tls13().versions(0x0304).withoutSchemes().bytes()), Reason.MISSING_EXTENSION);
        assertThat(fault.message()).contains("signature_algorithms");
    }

    @Test
    void noSharedSignatureAlgorithmIsNamed() {
        refused(
                send(Hello.tls13().versions(0x0304).schemes(0x0101, 0x0102).bytes()),
                Reason.NO_SHARED_SIGNATURE_ALGORITHM);
        Fault fault = refused(
                send(Hello.tls13().versions(0x0304).schemes(0x0403, 0x0ABC).bytes()),
                Reason.NO_SHARED_SIGNATURE_ALGORITHM);
        assertThat(fault.message()).contains("ecdsa_secp256r1_sha256, 0x0abc");
        refused(
                send(Hello.tls12()
                        .suites(0xC02F, 0xC030)
                        .schemes(0x0101, 0x0102)
                        .bytes()),
                Reason.NO_SHARED_SIGNATURE_ALGORITHM);
    }

    @Test
    void noSharedApplicationProtocolIsNamed() {
        EngineServer.Site site = new EngineServer.Site(SERVER, List.of(ROOT.certificate())).with(engine -> {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            engine.setSSLParameters(parameters);
        });
        Fault fault = refused(
                send(
                        site,
                        Hello.tls13()
                                .alpn("gauntlet/9", "\u001b[1m", "x".repeat(200))
                                .bytes()),
                Reason.NO_APPLICATION_PROTOCOL);
        assertThat(fault.message())
                .contains("client offers gauntlet/9, ?[1m, xxx")
                .hasSizeLessThan(150);
        refused(send(site, Hello.tls12().alpn("gauntlet/9").bytes()), Reason.NO_APPLICATION_PROTOCOL);
    }

    @Test
    void namesOfNoSiteAndBadNamesAreNamed() {
        EngineServer.Site site = new EngineServer.Site(SERVER, List.of(ROOT.certificate())).with(engine -> {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("localhost")));
            engine.setSSLParameters(parameters);
        });
        byte[] other = Hello.tls13()
                .serverName("other.example".getBytes(StandardCharsets.UTF_8))
                .bytes();
        refused(send(site, other), Reason.UNRECOGNIZED_NAME);
        for (String bad : List.of("", "a\0b", "a b", "dot.", "\u001b[2J")) {
            byte[] hello = Hello.tls13()
                    .serverName(bad.getBytes(StandardCharsets.UTF_8))
                    .bytes();
            EngineServer server = send(hello);
            if (server.failure() != null) {
                refused(server, Reason.BAD_SNI);
            } else {
                refused(server.facts(), Reason.CLIENT_ABORTED);
            }
        }
        byte[] empty = Hello.tls13().serverName(null).extension(0, new byte[2]).bytes();
        refused(send(empty), Reason.BAD_SNI);
    }

    @Test
    void alertsInClearAreTheClients() {
        for (byte[] hello : List.of(Hello.tls12().bytes(), Hello.tls13().bytes())) {
            refused(send(hello, Hello.alert(2, 48)).facts(), "client_alert_unknown_ca");
            refused(send(hello, Hello.alert(2, 42)).facts(), "client_alert_bad_certificate");
            refused(send(hello, Hello.alert(2, 90)).facts(), "client_alert_user_canceled");
            refused(send(hello, Hello.alert(1, 90)).facts(), "client_alert_user_canceled");
            refused(send(hello, join(Hello.alert(1, 90), Hello.alert(1, 0))).facts(), "client_alert_user_canceled");
            refused(send(hello, Hello.alert(1, 0)).facts(), "client_alert_close_notify");
            refused(send(hello, Hello.alert(2, 199)).facts(), "client_alert_unknown_199");
        }
        assertThat(verdict(send(Hello.tls12().bytes(), Hello.alert(2, 48)).facts())
                        .tls()
                        .alertReceived())
                .isEqualTo("unknown_ca");
        refused(send(Hello.alert(2, 40)).facts(), "client_alert_handshake_failure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void alertsOfARealClientAreNamed(String version) {
        EngineServer server = EngineClient.presenting(
                        TestPki.root("CN=Else").certificate(), CLIENT.key(), TestPki.chain(CLIENT))
                .protocol(version)
                .connect(SITE.accept());
        refused(server.facts(), "client_alert_certificate_unknown");
    }

    @Test
    void givingUpIsToldByHowItEnded() {
        EngineServer nothing = send();
        refused(nothing.facts(Ending.CLOSED_BY_CLIENT), Reason.NO_DATA);
        refused(nothing.facts(Ending.RESET_BY_CLIENT), Reason.NO_DATA);
        assertThat(refused(nothing.facts(Ending.TIMED_OUT), Reason.HANDSHAKE_TIMEOUT)
                        .message())
                .isEqualTo("client connected but sent nothing");
        refused(nothing.facts(Ending.CLOSED_BY_SERVER), Reason.INTERNAL_ERROR);
        assertThat(verdict(nothing.facts(Ending.UNSEEN)).outcome()).isEqualTo(Outcome.UNKNOWN);
        byte[] split = Arrays.copyOf(Hello.tls13().fragments(1), 11);
        assertThat(refused(send(split).facts(Ending.CLOSED_BY_SERVER), Reason.INTERNAL_ERROR)
                        .message())
                .isEqualTo("the server closed the connection, and told no cause, after 11 bytes of an incomplete"
                        + " ClientHello that comes in several records");
        byte[] hello = Hello.tls13().bytes();
        for (int length : new int[] {1, 4, 5, 6, 9, 60, hello.length}) {
            EngineServer server = send(Arrays.copyOf(hello, length));
            assertThat(server.failure()).isNull();
            refused(server.facts(Ending.CLOSED_BY_CLIENT), Reason.CLIENT_ABORTED);
            refused(server.facts(Ending.RESET_BY_CLIENT), Reason.CLIENT_RESET);
            refused(server.facts(Ending.TIMED_OUT), Reason.HANDSHAKE_TIMEOUT);
        }
        EngineServer retried =
                send(Hello.tls13().versions(0x0304).withoutKeyShare().bytes());
        assertThat(retried.failure()).isNull();
        refused(retried.facts(Ending.TIMED_OUT), Reason.HANDSHAKE_TIMEOUT);
    }

    @Test
    void clientIsNotSaidToBeSilentWhileTheTrustManagerHasNotDecided() {
        byte[] hello = Hello.tls13().bytes();
        X509Certificate[] chain = {CLIENT.certificate()};
        HandshakeFacts.Builder facts = HandshakeFacts.ending(Ending.TIMED_OUT).received(hello, hello.length, hello);
        HandshakeVerdict verdict = verdict(facts.presented(chain).build());
        assertThat(verdict.fault())
                .isEqualTo(Fault.of(
                        Reason.HANDSHAKE_TIMEOUT,
                        "the server's trust manager had not decided on the client's certificate"));
        assertThat(verdict.tls().client().verified()).isFalse();
        assertThat(verdict(facts.accepted(chain).build()).fault().message())
                .startsWith("client went silent after its certificate was received");
    }

    @Test
    void aTruncatedRecordThatEndsIsAnAbort() {
        byte[] truncated =
                join(new byte[] {22, 3, 1, 2, 0}, Arrays.copyOf(Hello.tls13().message(), 100));
        refused(send(truncated).facts(), Reason.CLIENT_ABORTED);
    }

    @Test
    void brokenRecordsAreNamed() {
        refused(send(Hello.record(22, 0x0301, new byte[0x4801])).facts(), Reason.RECORD_OVERFLOW);
        refused(send(new byte[] {22, 3, 1, (byte) 0xFF, (byte) 0xFF, 1}).facts(), Reason.RECORD_OVERFLOW);
        refused(send(Hello.record(23, 0x0303, new byte[16])).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.record(20, 0x0303, new byte[] {1})).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.record(24, 0x0303, new byte[] {1})).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.record(22, 0x0303, new byte[0])).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.record(22, 0x0303, Hello.message(2, new byte[70]))).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.record(22, 0x0303, Hello.message(11, new byte[70]))).facts(), Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void malformedHellosAreNamed() {
        byte[] good = Hello.tls13().body();
        refused(hello(Arrays.copyOf(good, good.length - 3)), Reason.DECODE_ERROR);
        refused(hello(Arrays.copyOf(good, 40)), Reason.DECODE_ERROR);
        refused(hello(new byte[0]), Reason.DECODE_ERROR);
        refused(hello(join(good, new byte[3])), Reason.DECODE_ERROR);
        refused(send(Hello.tls13().extension(10, new byte[] {0, 2, 0, 29}).bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls13().sessionId(33).bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls13().suites().bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls13().compression().bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls13().compression(1).bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls12().compression(1).bytes()), Reason.DECODE_ERROR);
        refused(send(Hello.tls12().extension(16, new byte[] {0, 5, 2, 'h', '2'}).bytes()), Reason.DECODE_ERROR);
    }

    private static EngineServer hello(byte[] body) {
        return send(Hello.record(22, 0x0301, Hello.message(1, body)));
    }

    @Test
    void garbageAfterTheHelloIsUnexpected() {
        byte[] garbage = new byte[32];
        Arrays.fill(garbage, (byte) 0xEE);
        refused(send(Hello.tls12().bytes(), Hello.record(22, 0x0303, garbage)).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.tls13().bytes(), Hello.record(22, 0x0303, garbage)).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.tls12().bytes(), Hello.record(23, 0x0303, garbage)).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(
                send(Hello.tls12().bytes(), Hello.record(20, 0x0303, new byte[] {1}))
                        .facts(),
                Reason.UNEXPECTED_MESSAGE);
        refused(send(Hello.tls12().bytes(), Hello.tls12().bytes()).facts(), Reason.UNEXPECTED_MESSAGE);
        refused(
                send(Hello.tls12().bytes(), "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8))
                        .facts(),
                Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void certificateMessagesThatCannotBeReadAreNamed() {
        byte[] unreadable = Hello.vector(3, Hello.vector(3, "no certificate at all".getBytes(StandardCharsets.UTF_8)));
        refused(
                send(Hello.tls12().bytes(), Hello.record(22, 0x0303, Hello.message(11, unreadable)))
                        .facts(),
                Reason.BAD_CERTIFICATE);
        byte[] none = Hello.vector(3, new byte[0]);
        refused(
                send(Hello.tls12().bytes(), Hello.record(22, 0x0303, Hello.message(11, none)))
                        .facts(),
                Reason.CERTIFICATE_REQUIRED);
        byte[] huge = Hello.record(22, 0x0303, new byte[] {11, 1, 0, 0, 0, 0});
        Fault fault = refused(send(Hello.tls12().bytes(), huge).facts(), Reason.DECODE_ERROR);
        assertThat(fault.message()).endsWith("certificate chain too long");
        byte[] other = Hello.record(22, 0x0303, new byte[] {16, 1, 0, 0, 0, 0});
        fault = refused(send(Hello.tls12().bytes(), other).facts(), Reason.DECODE_ERROR);
        assertThat(fault.message()).endsWith(": ClientKeyExchange");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tamperedRecordsAreNamed(String version) {
        EngineServer server = client(version)
                .sending(bytes -> {
                    if (bytes[0] != 22 || bytes.length < 6 || bytes[5] != 1) {
                        bytes[bytes.length - 1] ^= 1;
                    }
                    return bytes;
                })
                .connect(SITE.accept());
        refused(server.facts(), Reason.BAD_RECORD_MAC);
    }

    @Test
    void tooShortAProtectedRecordIsNoAlert() {
        refused(
                send(Hello.tls13().bytes(), Hello.record(23, 0x0303, new byte[8]))
                        .facts(),
                Reason.BAD_RECORD_MAC);
    }

    @Test
    void earlyDataThatNobodyAskedForIsNamed() {
        byte[] hello = Hello.tls13().extension(42, new byte[0]).bytes();
        Fault fault =
                refused(send(hello, Hello.record(23, 0x0303, new byte[64])).facts(), Reason.BAD_RECORD_MAC);
        assertThat(fault.message()).contains("early data (0-RTT)");
    }
}
