package io.certrail.scan.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of real servers (nginx 1.22, HAProxy 2.6, Apache 2.4, Caddy 2.6), and of documented formats where said so. */
class ProfilesTest {
    private static final Profiles PROFILES = Profiles.builtIn();
    private static final int LONG = 65_536;
    private static final List<String> HEADS = List.of(
            "",
            "127.0.0.1:46770 [25/Nov/2026:16:26:00.046] ",
            "127.0.0.1:46770 [25/Nov/2026:16:26:00.046] fe/1",
            "2026/11/25 16:24:00 [info] 894#894: ",
            "[Wed Nov 25 16:41:19.115175 2026] [ssl:info] [pid 784:tid 788] [client ",
            "127.0.0.1 - - [25/Nov/2026:16:26:29 +0000] \"",
            "127.0.0.1 4711 - - ",
            "127.0.0.1 - ",
            "{\"time\": \"2026-11-25T23:44:14.969Z\", ",
            "[2016-04-15T20:17:00.310Z] \"",
            "[2016-04-15T20:17:00.310Z] \"-\" 204 - 154 0 226 100 \"",
            "<134>Nov 25 16:25:58 ");
    private static final List<String> PIECES = List.of(
            "a",
            "1",
            ":",
            ".",
            "/",
            "[",
            "]",
            "\"",
            "\\",
            " ",
            "-",
            "_",
            "1:",
            "1:1 [",
            "1:1 [x] ",
            "1:1 [x] a/b: ",
            "[a",
            "[a] \"",
            "[a] \"\\",
            ", client: ",
            ", client: a",
            ", server: ",
            "\"message\": \"Handshake failed for client" + " connection from IP address [",
            "a=\"",
            "a.",
            "1 ",
            "/: ",
            "\\x41",
            "T1 ");

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(
                        "certrail",
                        "{\"time\":\"2026-11-25T16:00:00.000001Z\",\"schema\":\"1\",\"event\":{\"name\":\"tls.handshake\","
                                + "\"outcome\":\"failure\"},\"error\":{\"type\":\"certificate_expired\"},\"mtls\":{\"connection\":"
                                + "{\"id\":\"b-7\"}},\"client\":{\"address\":\"127.0.0.1\",\"port\":4711},\"tls\":{\"client\":"
                                + "{\"subject\":\"CN=a\",\"serial_number\":\"1a\",\"hash\":{\"sha256\":\"ff\"}}},\"audit\":{\"sequence\":3}}",
                        Map.of(
                                Field.PORT,
                                "4711",
                                Field.REASON,
                                "certificate_expired",
                                Field.KIND,
                                "tls.handshake",
                                Field.SERIAL,
                                "1a",
                                Field.CONNECTION,
                                "b-7",
                                Field.OUTCOME,
                                "failure")),
                Arguments.of(
                        "nginx",
                        "2026/11/25 16:24:00 [info] 894#894: *6 client SSL certificate verify error: (10:certificate has"
                                + " expired) while reading client request headers, client: 127.0.0.1, server: localhost, request:"
                                + " \"GET / HTTP/1.1\", host: \"localhost:18442\"",
                        Map.of(Field.CONNECTION, "6", Field.ADDRESS, "127.0.0.1", Field.TIME, "2026/11/25 16:24:00")),
                Arguments.of(
                        "nginx",
                        "127.0.0.1 - - [25/Nov/2026:16:26:29 +0000] \"GET /a\\x22b HTTP/1.1\" 400 237 \"-\" \"curl\"",
                        Map.of(Field.STATUS, "400", Field.ADDRESS, "127.0.0.1")),
                Arguments.of(
                        "haproxy",
                        "127.0.0.1:46770 [25/Nov/2026:16:26:00.046] fe/1: SSL handshake failure",
                        Map.of(Field.PORT, "46770", Field.REASON, "SSL handshake failure")),
                Arguments.of(
                        "haproxy",
                        "<134>Nov 25 16:25:58 gate haproxy[317]: 127.0.0.1:46756 [25/Nov/2026:16:25:58.933] fe~ be/s"
                                + " 0/0/1/9/10 200 117 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"",
                        Map.of(Field.PORT, "46756", Field.STATUS, "200")),
                // the same by RFC 5424, and the remedy's line
                Arguments.of(
                        "haproxy",
                        "<134>1 2026-11-25T16:25:58.933Z gate haproxy 317 - - 127.0.0.1:46756 [25/Nov/2026:16:25:58.933]"
                                + " fe~ be/s 0/0/1/9/10 200 117 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"",
                        Map.of(Field.PORT, "46756", Field.STATUS, "200")),
                Arguments.of(
                        "haproxy",
                        "<134>1 2026-11-25T16:25:58.933Z gate haproxy 317 - [a@1 b=\"[\\\"\\]\"][c@1] \uFEFF{\"client_ip\":"
                                + "\"127.0.0.1\",\"client_port\":52480,\"frontend\":\"fe\"}",
                        Map.of(Field.PORT, "52480")),
                Arguments.of(
                        "haproxy",
                        "{\"time\":\"25/Nov/2026:16:27:24.972\",\"client_ip\":\"127.0.0.1\",\"client_port\":52480,\"frontend\":\"fe\","
                                + "\"id\":\"-\",\"error\":\"SSL client certificate not trusted error:0A000086:SSL routines::certificate"
                                + " verify failed ssl_c_err=10 ssl_c_ca_err=0\",\"subject\":\"\\/CN=cs2a\",\"serial\":\"017C\",\"sha1\":"
                                + "\"6745\",\"status\":0}",
                        Map.of(Field.PORT, "52480", Field.SUBJECT, "/CN=cs2a", Field.SERIAL, "017C")),
                Arguments.of(
                        "apache",
                        "[Wed Nov 25 16:41:19.115175 2026] [ssl:info] [pid 784:tid 788] [client 127.0.0.1:34648] AH02276:"
                                + " Certificate Verification: Error (10): certificate has expired [subject: CN=cs65a5]",
                        Map.of(Field.PORT, "34648", Field.CONNECTION, "784:tid 788")),
                Arguments.of(
                        "caddy",
                        "{\"level\":\"info\",\"ts\":1795624876.85,\"logger\":\"http.log.access.log0\",\"msg\":\"handled request\","
                                + "\"request\":{\"remote_ip\":\"127.0.0.1\",\"remote_port\":\"53152\",\"proto\":\"HTTP/1.1\",\"uri\":\"/\","
                                + "\"headers\":{\"X-Request-Id\":[\"scan-cs4c\"]},\"tls\":{\"client_common_name\":\"alice\","
                                + "\"client_serial\":\"392\"}},\"status\":200}",
                        Map.of(
                                Field.PORT,
                                "53152",
                                Field.STATUS,
                                "200",
                                Field.SUBJECT,
                                "alice",
                                Field.REQUEST_ID,
                                "scan-cs4c")),
                // the example in Envoy's documentation of its access log, configuration/observability/access_log/usage
                Arguments.of(
                        "envoy",
                        "[2016-04-15T20:17:00.310Z] \"POST /api/v1/locations HTTP/2\" 204 - 154 0 226 100 \"10.0.35.28\""
                                + " \"nsq2http\" \"cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2\" \"locations\""
                                + " \"tcp://10.0.2.1:80\"",
                        Map.of(Field.STATUS, "204", Field.REQUEST_ID, "cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2")),
                // with the command operators that it describes
                Arguments.of(
                        "envoy",
                        "[2026-11-25T16:00:00.000Z] \"- - -\" 0 - TLS_error:|268435581:SSL_routines:OPENSSL_internal:"
                                + "CERTIFICATE_VERIFY_FAILED:TLS_error_end 0 0 5 -",
                        Map.of(Field.STATUS, "0")),
                Arguments.of(
                        "envoy",
                        "{\"start_time\":\"2026-11-25T16:00:00.000Z\",\"connection_id\":12,\"downstream_remote_address\":"
                                + "\"127.0.0.1:4711\",\"downstream_remote_ip\":\"127.0.0.1\",\"downstream_remote_port\":\"4711\","
                                + "\"downstream_peer_subject\":\"CN=a\",\"response_code\":403,\"x_request_id\":\"r-1\"}",
                        Map.of(
                                Field.PORT,
                                "4711",
                                Field.STATUS,
                                "403",
                                Field.CONNECTION,
                                "12",
                                Field.REQUEST_ID,
                                "r-1")),
                // as the access log valve's pattern says
                Arguments.of(
                        "tomcat",
                        "127.0.0.1 4711 - - [25/Nov/2026:16:00:00 +0000] \"GET / HTTP/1.1\" 200 3",
                        Map.of(Field.PORT, "4711", Field.STATUS, "200")),
                // as Tomcat 10.1 wrote them with the remedies' lines
                Arguments.of(
                        "tomcat",
                        "{\"remoteAddr\":\"127.0.0.1\",\"port-remote\":\"4711\",\"user\":\"-\",\"time\":\"[25/Nov/2026:23:44:53 +0000]\","
                                + "\"method\":\"GET\",\"path\":\"/\",\"statusCode\":\"200\",\"requestHeaders\": "
                                + "{\"User-Agent\":\"curl/8\",\"X-Request-Id\":\"r-1\"}}",
                        Map.of(Field.PORT, "4711", Field.STATUS, "200", Field.REQUEST_ID, "r-1")),
                Arguments.of(
                        "tomcat",
                        "{\"time\": \"2026-11-25T23:44:14.969Z\", \"level\": \"FINE\", \"thread\": \"exec-4\", \"class\": "
                                + "\"org.apache.tomcat.util.net.NioEndpoint$SocketProcessor\", \"method\": \"doRun\", \"message\": "
                                + "\"Handshake failed for client connection from IP address [127.0.0.1] and port [4711]\", "
                                + "\"throwable\": [\"javax.net.ssl.SSLHandshakeException: Empty client certificate chain\"]}",
                        Map.of(Field.PORT, "4711", Field.ADDRESS, "127.0.0.1")),
                // as tracing-subscriber's Json format writes an event within a span
                Arguments.of(
                        "tracing",
                        "{\"timestamp\":\"2026-11-25T16:00:00.000000Z\",\"level\":\"WARN\",\"fields\":{\"message\":\"tls.handshake\","
                                + "\"error\":\"invalid peer certificate: Expired\"},\"target\":\"gate::tls\",\"span\":{\"client_addr\":"
                                + "\"127.0.0.1\",\"client_port\":4711,\"name\":\"accept\"},\"spans\":[{\"name\":\"accept\"}]}",
                        Map.of(
                                Field.PORT,
                                "4711",
                                Field.REASON,
                                "invalid peer certificate: Expired",
                                Field.KIND,
                                "tls.handshake")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void lineIsRecognisedAndRead(String profile, String text, Map<Field, String> expected) {
        LogLine line = line(text);
        Profile detected = PROFILES.detect(List.of(line));

        assertThat(detected.name()).isEqualTo(profile);
        assertThat(detected.read(line).fields()).containsAllEntriesOf(expected);
    }

    @Test
    void textOfNoKnownFormIsTakenAsItComes() {
        LogLine line = line("something happened to 10.0.0.1:4711");
        Profile text = PROFILES.detect(List.of(line));

        assertThat(text.name()).isEqualTo("text");
        assertThat(text.read(line).structured()).isFalse();
        assertThat(text.read(line).text()).isEqualTo(line.text());
    }

    @Test
    void jsonThatABadEscapeBreaksIsNoRecordOfAForm() {
        LogLine line = line("{\"remote_addr\":\"127.0.0.1\",\"remote_port\":1,\"status\":404,\"path\":\"/\\x1b\"}");

        assertThat(PROFILES.detect(List.of(line)).read(line).format()).isNotEqualTo("access, JSON");
    }

    /** A log is written to by whoever sends requests. */
    @Test
    void jsonBeyondTheLimitsOfItsParserIsNoRecordOfAForm() {
        for (String value : List.of("1e99999999999", "9".repeat(2000), "[".repeat(1100) + "]".repeat(1100))) {
            assertThat(JsonValues.of("{\"status\":" + value + "}")).isEmpty();
        }
    }

    /** Likewise; what stands between quotes is a stranger's, as long as that wants. */
    @ParameterizedTest
    @ValueSource(strings = {"z", "\\x41", "\\"})
    void longQuotedPartIsReadByEveryProfile(String piece) {
        String quoted = piece.repeat(64_000 / piece.length());
        for (String line : List.of(
                "127.0.0.1 - - [25/Nov/2026:16:26:29 +0000] \"GET /%s HTTP/1.1\" 400 237",
                "127.0.0.1 4711 - - [25/Nov/2026:16:00:00 +0000] \"GET /%s HTTP/1.1\" 200 3",
                "[2016-04-15T20:17:00.310Z] \"POST /%s HTTP/2\" 204 - 154 0 226 100 \"10.0.35.28\" \"%<s\" \"%<s\" \"\"",
                "ts=1 peer=\"%s\"")) {
            LogLine read = line(line.formatted(quoted));
            for (String name : Profiles.names()) {
                assertThatCode(() -> PROFILES.named(name).read(read)).doesNotThrowAnyException();
            }
        }
    }

    /** As long as a stranger likes, and in time that grows with the length alone: counted in looks at a character. */
    @ParameterizedTest
    @MethodSource("patterns")
    void longLineIsMatchedInLinearTime(Pattern pattern) {
        for (String head : HEADS) {
            for (String piece : PIECES) {
                String line = head + piece.repeat(LONG / piece.length()) + "\u2028";
                var looks = new Looks(line, 200L * LONG);
                for (var matcher = pattern.matcher(looks); matcher.find(); ) {
                    assertThat(matcher.end()).isPositive();
                }
            }
        }
    }

    static Stream<Pattern> patterns() throws Exception {
        List<Pattern> patterns = new ArrayList<>(List.of(LineFormat.PAIR, LineFormat.SYSLOG));
        for (String name : Profiles.names()) {
            for (LineFormat format : PROFILES.named(name).formats()) {
                if (format.shape() instanceof LineFormat.PatternShape shape) {
                    patterns.add(shape.pattern());
                }
            }
        }
        return patterns.stream();
    }

    /** A text that counts how often it is looked at, and gives up. */
    private static final class Looks implements CharSequence {
        private final String text;
        private final long most;
        private long looks;

        Looks(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override
        public char charAt(int index) {
            if (++looks > most) {
                throw new AssertionError("more than " + most + " looks at " + text.substring(0, 120));
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    void pairsAreReadWhateverTheirLength() throws ProfileException {
        Profile pairs = ProfileFile.parse("own", "[profile]\nname = own\n[format a]\ntype = pairs\nsubject = who\n");
        String quoted = "\\x41".repeat(16_000);

        assertThat(pairs.read(line("who=\"" + quoted + "\"")).get(Field.SUBJECT))
                .contains(quoted);
    }

    @Test
    void patternThatTheStackDoesNotHoldDoesNotFit() throws ProfileException {
        Profile own = ProfileFile.parse(
                "own", "[profile]\nname = own\n[format a]\ntype = pattern\npattern = ^(?<subject>(?:a|b)*)$\n");

        assertThat(own.read(line("ab")).get(Field.SUBJECT)).contains("ab");
        assertThat(own.read(line("ab".repeat(8_000))).format()).isEmpty();
    }

    @Test
    void everyReasonOfAProbeHasWords() {
        assertThat(PROFILES.reasons().keySet())
                .contains(
                        "certificate_required",
                        "certificate_expired",
                        "certificate_not_yet_valid",
                        "certificate_revoked",
                        "unknown_ca",
                        "self_signed",
                        "wrong_key_usage",
                        "name_constraints_violated",
                        "bad_certificate_verify",
                        "unsupported_protocol",
                        "no_shared_cipher",
                        "not_tls_http",
                        "not_tls_garbage",
                        "client_aborted",
                        "client_reset",
                        "no_data",
                        "handshake_timeout",
                        "request_timeout",
                        "bad_request_line",
                        "header_too_large",
                        "malformed_json");
    }

    @Test
    void profileOfOnesOwnIsReadFromItsFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("own.profile");
        Files.writeString(
                file,
                """
                # of a gateway
                [profile]
                name = gate
                [format line]
                type = pairs
                require = peer
                address = peer
                port = peer_port
                request_id = rid
                [reasons]
                certificate_expired = too old
                [remedy late not-recorded/input]
                log.flush = true

                # stays
                """);
        Profile own = PROFILES.named(file.toString());
        LogRecord record = own.read(line("ts=1 peer=10.0.0.1 peer_port=4711 rid=\"a b\" why=\"too old\""));

        assertThat(record.fields())
                .containsEntry(Field.ADDRESS, "10.0.0.1")
                .containsEntry(Field.PORT, "4711")
                .containsEntry(Field.REQUEST_ID, "a b");
        assertThat(own.reason("certificate_expired")
                        .orElseThrow()
                        .matcher("TOO OLD")
                        .find())
                .isTrue();
        assertThat(own.remedy("late/authentication")).containsExactly("log.flush = true", "", "# stays");
        assertThat(own.remedy("not-recorded/input")).isEqualTo(own.remedy("late/input"));
        assertThat(own.remedy("not-recorded/authentication")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenProfileIsRefusedWithItsFault(String text, String fault) {
        assertThatThrownBy(() -> ProfileFile.parse("own.profile", text))
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith("own.profile: ")
                .hasMessageContaining(fault);
    }

    static Stream<Arguments> broken() {
        String head = "[profile]\nname = a\n";
        return Stream.of(
                Arguments.of("", "no section [format NAME]"),
                Arguments.of("[format a]\ntype = json\n", "name is missing"),
                Arguments.of(head + "[format a]\ntype = xml\n", "expected json, pairs or pattern"),
                Arguments.of(head + "[format a]\ntype = json\ncolour = red\n", "no such field"),
                Arguments.of(head + "[format a]\ntype = pattern\npattern = (\n", "Unclosed group"),
                Arguments.of(head + "[format a]\ntype = pattern\n", "pattern is missing"),
                Arguments.of(
                        head + "[format a]\ntype = pattern\npattern = .*\nrequest_id = peer\n",
                        "request_id: of a pattern, expected a group (?<requestid>"),
                Arguments.of(head + "[format a]\njson\n", "expected name = value"),
                Arguments.of(head + "[format a]\ntype = json\n[format a]\n", "is there twice"),
                Arguments.of(head + "join-within = soon\n[format a]\ntype = json\n", "expected milliseconds"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "malformed_json | GET /orders.json HTTP/1.1 404 | false",
                "malformed_json | POST /api/json 415 application/json | false",
                "malformed_json | malformed_json | true",
                "malformed_json | Failed to parse the request body as JSON: key must be a string at line 1 | true",
                "malformed_json | com.fasterxml.jackson.core.JsonParseException: Unexpected end-of-input | true",
                "malformed_json | jakarta.json.stream.JsonParsingException: Invalid token=EOF | true",
                "malformed_json | Unexpected end of JSON input | true",
                "malformed_json | JSON parse error | true",
                "client_aborted | bind :8443 ssl CERT and CORS | false",
                "client_aborted | be/s 0/0/1/9/10 400 117 - - CR-- 1/1/0/0/0 | true",
                "client_aborted | be/s 0/0/1/9/10 200 117 - - CDVN 1/1/0/0/0 | true",
                "client_aborted | be/s 0/0/1/9/10 408 117 - - cR-- 1/1/0/0/0 | false",
                "request_timeout | be/s -1/-1/-1/-1/10 400 117 - - CR-- 1/1/0/0/0 | false",
                "request_timeout | be/s -1/-1/-1/-1/10 408 117 - - cR-- 1/1/0/0/0 | true",
                "no_data | be/s -1/-1/-1/-1/10 408 117 - - cR-- 1/1/0/0/0 | false"
            })
    void wordsOfAReasonAreNotThoseOfAPath(String reason, String text, boolean states) throws Exception {
        Pattern pattern = PROFILES.named("haproxy")
                .reason(reason)
                .orElseGet(() -> Objects.requireNonNull(PROFILES.reasons().get(reason)));

        assertThat(pattern.matcher(text).find()).isEqualTo(states);
    }

    @Test
    void unknownProfileIsRefusedWithTheOnesThereAre() {
        assertThatThrownBy(() -> PROFILES.named("iis"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("nginx");
        assertThat(Profiles.names()).containsAll(Arrays.asList("nginx", "haproxy", "apache", "tracing"));
    }

    private static LogLine line(String text) {
        return new LogLine("log", text, Instant.EPOCH);
    }
}
