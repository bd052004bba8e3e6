package io.certrail.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.certrail.trail.TrailAssert;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request leaves exactly one record, whoever answered it. */
final class RequestIT extends OnServer {
    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @Test
    void answeredRequestTellsRouteUserRolesAndSizes() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.get("/api/whoami?secret=1", "User-Agent: it/1", "Connection: close");
            Line record = records.request(answer.requestId());
            assertThat(record.get("event.outcome")).isEqualTo("success");
            assertThat(record.get("http.request.method")).isEqualTo("GET");
            assertThat(record.get("http.route")).isEqualTo("/api/whoami");
            assertThat(record.get("url.path")).isEqualTo("/api/whoami");
            assertThat(record.status()).isEqualTo(200);
            assertThat(record.get("network.protocol.version")).isEqualTo("1.1");
            assertThat(record.get("user_agent.original")).isEqualTo("it/1");
            assertThat(record.get("user.name")).contains("CN=alice");
            assertThat(record.list("user.roles")).containsExactly("reporter");
            assertThat(record.number("http.response.body.size"))
                    .isEqualTo(answer.body().getBytes(UTF_8).length);
            assertThat(record.number("event.duration_ns")).isPositive();
            assertThat(record.get("tls.client.subject"))
                    .isEqualTo(certificates
                            .certificate(Client.ALICE)
                            .getSubjectX500Principal()
                            .getName());
            assertThat(record.get("http.request.id_source")).isEqualTo("server");
            assertThat(record.requestId()).matches(UUID_V7);
            assertThat(record.text()).doesNotContain("secret");
            assertThat(record.connection())
                    .isEqualTo(records.handshake(connection.port()).connection());
        }
    }

    @Test
    void requestsOverOneHttp2ConnectionHaveARecordEachAndOneHandshake() throws Exception {
        var client = http2();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        answers.add(CompletableFuture.completedFuture(send(client, "h2-0")));
        for (int i = 1; i < 20; i++) {
            answers.add(client.sendAsync(whoami("h2-" + i), HttpResponse.BodyHandlers.ofString()));
        }
        for (var answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
        List<Line> lines =
                records.await(20, line -> line.isRequest() && line.requestId().startsWith("h2-"));
        assertThat(lines).extracting(Line::requestId).doesNotHaveDuplicates();
        assertThat(lines)
                .extracting(line -> line.get("network.protocol.version"))
                .containsOnly("2");
        assertThat(lines).extracting(Line::connection).containsOnly(lines.get(0).connection());
        Line handshake = records.handshake((int) lines.get(0).number("client.port"));
        assertThat(handshake.connection()).isEqualTo(lines.get(0).connection());
        assertThat(handshake.get("tls.next_protocol")).isEqualTo("h2");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("http.route")).isEqualTo("/api/whoami");
            assertThat(line.list("user.roles")).containsExactly("reporter");
            assertThat(line.get("tls.client.subject")).startsWith("CN=alice");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/entries,      403, forbidden,          application",
        "GET,  /api/nothing-here, 404, not_found,          ''",
        "GET,  /nothing.html,     404, not_found,          ''",
        "PUT,  /api/whoami,       405, method_not_allowed, ''",
    })
    void refusalTellsReasonAndWhoRefused(String method, String path, int status, String reason, String by)
            throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(Connection.head(method, path, "Content-Length: 0"));
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(status);
            assertProblem(answer);
            Line record = records.request(answer.requestId());
            assertThat(record.status()).isEqualTo(status);
            assertThat(record.reason()).isEqualTo(reason);
            assertThat(record.get("event.outcome")).isEqualTo("failure");
            assertThat(record.get("tls.client.subject")).startsWith("CN=alice");
            if (!by.isEmpty()) {
                assertThat(record.get("audit.refused_by")).isEqualTo(by);
            }
            assertThat(answer.body()).doesNotContain(reason);
        }
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(2);
    }

    @Test
    void unsupportedMediaTypeIsToldAsSuch() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post("/api/events", "text/plain", "hello");
            assertThat(answer.status()).isEqualTo(415);
            assertThat(records.request(answer.requestId()).reason()).isEqualTo("unsupported_media_type");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"action\":", "[1,2", "nonsense", "", "\u0000"})
    void malformedJsonIsToldToTheClientWithoutInternals(String body) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post("/api/events", "application/json", body);
            assertThat(answer.status()).isEqualTo(400);
            JsonObject problem = assertProblem(answer);
            assertThat(problem.getString("request_id")).isEqualTo(answer.requestId());
            Line record = records.request(answer.requestId());
            assertThat(record.status()).isEqualTo(400);
            assertThat(record.get("event.outcome")).isEqualTo("failure");
            assertThat(record.reason()).isEqualTo("malformed_json");
        }
    }

    @Test
    void jsonThatIsNotUtf8IsMalformedAndItsClientIsStillThere() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            String body = "{\"action\":\"\u00e9\"}"; // sent as ISO 8859-1
            connection.send(Connection.head(
                            "POST", "/api/events", "Content-Type: application/json", "Content-Length: " + body.length())
                    + body);
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.status()).isEqualTo(400);
            assertThat(record.reason()).isEqualTo("malformed_json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / NONSENSE\r\nHost: localhost\r\n\r\n', bad_request_line",
        "'GET / HTTP/1.1\r\n\r\n', bad_host",
        "'POST /api/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n', ambiguous_length"
    })
    void requestThatDoesNotParseIsRecordedWithTheReason(String said, String reason) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(said);
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.reason()).as("%s", record).isEqualTo(reason);
            assertThat(record.get("event.outcome")).isEqualTo("failure");
            assertThat(record.get("audit.refused_by")).isEqualTo("http-parser");
            assertThat(record.get("tls.client.subject")).startsWith("CN=alice");
            assertThat(record.connection())
                    .isEqualTo(records.handshake(connection.port()).connection());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/a%5Cb, holds a backslash",
        "/a%00b, holds a NUL",
        "/%2e%2e/x, leads above the root",
        "/a/..%2f..%2fx, leads above the root",
        "/a%c0%af, is not UTF-8",
        "x, is no path"
    })
    void targetThatIsRefusedIsRecordedWithWhatIsWrongWithIt(String target, String message) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.get(target);
            Line record = records.request(answer.requestId());
            assertThat(record.status()).isEqualTo(answer.status());
            assertThat(record.get("url.path")).isEqualTo(target);
            if (answer.status() == 404) { // WildFly looks for it
                assertThat(record.reason()).isEqualTo("not_found");
            } else {
                assertThat(record.reason()).as("%s", record).isEqualTo("bad_request_line");
                assertThat(record.get("error.message")).endsWith(message);
            }
        }
    }

    @Test
    void headerOfAHundredKilobytesIsRefusedByTheParserAndRecordedInShort() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            try {
                connection.send(Connection.head("GET", "/api/whoami", "X-Long: " + "a".repeat(100_000)));
            } catch (IOException e) {
                // The server hung up while this was being sent.
            }
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.reason()).isEqualTo("header_too_large");
            assertThat(record.get("audit.refused_by")).isEqualTo("http-parser");
            assertThat(record.text()).hasSizeLessThan(8_000);
        }
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(2);
    }

    @Test
    void bodyThatNeverComesWholeIsRecordedOnceAsAborted() throws Exception {
        int port;
        try (var connection = connect(Client.ALICE)) {
            port = beginBody(connection);
            connection.cut();
        }
        Line record = records.requests(1, port).get(0);
        assertThat(record.reason()).as("%s", record).isIn("client_aborted", "client_reset");
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(2);
        assertNothingUnexpected(record);
    }

    /** WildFly closes the connection, and has no answer. */
    @Test
    void bodyThatStallsIsRecordedOnceAsTimedOutWithTheAnswersStatus() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            int port = beginBody(connection);
            connection.patience(Duration.ofSeconds(30));
            long status = statusOf(connection);
            assertThat(status).isEqualTo(site.isPayara() ? 408 : -1);
            Line record = records.requests(1, port).get(0);
            assertThat(record.reason()).as("%s", record).isEqualTo("request_timeout");
            assertThat(record.status()).isEqualTo(status);
            settle();
            assertNothingUnexpected(record);
        }
    }

    /** What any client can have is no error of the server's: its log does not tell of it. */
    private void assertNothingUnexpected(Line record) throws IOException {
        assertThat(Files.readString(site.server().log())).doesNotContain("CTR0721 Request " + record.requestId());
    }

    @Test
    void bodyBrokenOffByAResetIsToldAsSuch() throws Exception {
        int port;
        try (var connection = connect(Client.ALICE)) {
            port = beginBody(connection);
            records.handshake(port);
            Thread.sleep(200); // else the reset takes along what was sent
            connection.reset();
        }
        assertThat(records.requests(1, port).get(0).reason()).isEqualTo("client_reset");
    }

    /** Sends a request whose body announces more than comes; gives the connection's port. */
    private static int beginBody(Connection connection) throws IOException {
        connection.send(Connection.head("POST", "/api/events", "Content-Type: application/json", "Content-Length: 1000")
                + "{\"action\"");
        return connection.port();
    }

    /** Payara begins such a request only with the first chunk. */
    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7\r"})
    void chunkedBodyOfWhichNoChunkComesIsRecordedOnceAsAborted(String begun) throws Exception {
        int port;
        try (var connection = connect(Client.ALICE)) {
            port = connection.port();
            connection.send(Connection.head(
                            "POST", "/api/events", "Content-Type: application/json", "Transfer-Encoding: chunked")
                    + begun);
            settle(); // the server has read it
        }
        Line record = records.requests(1, port).get(0);
        assertThat(record.reason()).as("%s", record).isEqualTo("client_aborted");
        assertThat(record.get("http.request.method")).isEqualTo("POST");
        assertThat(record.get("url.path")).isEqualTo("/api/events");
        settle();
        records.requests(1, port);
    }

    @Test
    void emptyLinesAfterARequestAreNone() throws Exception {
        int port;
        try (var connection = connect(Client.ALICE)) {
            port = connection.port();
            connection.send(Connection.head("GET", "/api/whoami") + "\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            settle();
        }
        settle();
        int clientPort = port;
        List<Line> lines = records.lines(line -> line.isRequest() && line.number("client.port") == clientPort);
        assertThat(lines)
                .extracting(Line::status)
                .startsWith(200L)
                .doesNotContain(-1L); // WildFly answers them, with 400
    }

    /** Where the server ends the connection without an answer, no status is on record. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/whoami HTTPS/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET /api/whoami HTTP/1.1\rX: y\r\nGET / HTTP/1.1\r\n\r\n",
                "GET /api/whoami HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n"
            })
    void statusOnRecordIsTheAnswersWhereThereIsOne(String said) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(said);
            long status = statusOf(connection);
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.status()).as("%s", record).isEqualTo(status);
            assertThat(record.reason()).isIn("bad_request_line", "ambiguous_length");
            assertThat(record.get("event.outcome")).isEqualTo("failure");
        }
    }

    @Test
    void statusOnRecordIsTheAnswersWhereAChunkIsBad() throws Exception {
        int port;
        long status;
        try (var connection = connect(Client.ALICE)) {
            port = connection.port();
            connection.send(Connection.head(
                            "POST", "/api/events", "Content-Type: application/json", "Transfer-Encoding: chunked")
                    + "7\r\n{\"actio\r\n");
            settle(); // the application reads it
            connection.send("nonsense\r\n");
            connection.patience(Duration.ofSeconds(10));
            status = statusOf(connection);
        }
        Line record = records.requests(1, port).get(0);
        assertThat(record.status()).as("%s", record).isEqualTo(status);
        assertThat(record.reason()).isEqualTo(status == 400 ? "bad_chunk" : "client_aborted"); // WildFly waits for more
    }

    /** A request that is refused after the server has ended the connection has no status, for it has no answer. */
    @Test
    void brokenRequestBehindTheLastAnswerHasNoStatus() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send(Connection.head("GET", "/api/whoami", "Connection: close")
                    + "GET /api/whoami HTTP/1.1\r\nno colon\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(statusOf(connection)).isEqualTo(-1);
            settle();
            assertThat(records.lines(line ->
                            line.isRequest() && line.number("client.port") == connection.port() && line.status() >= 0))
                    .hasSize(1);
        }
    }

    /** Payara minds how a header's line ends, WildFly a port that is none: each is told for what it refused. */
    @Test
    void serverIsHeldToItsOwnRules() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send("GET /api/whoami HTTP/1.1\r\nHost: localhost:\nUser-Agent: M\u00fcller\r\n\r\n");
            assertThat(statusOf(connection)).isEqualTo(400);
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.reason()).as("%s", record).isEqualTo(Site.isWildFly() ? "bad_host" : "bad_header");
        }
    }

    @Test
    void failureOverTooManyCookiesSaysSo() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            String cookies =
                    IntStream.range(0, 250).mapToObj(i -> "c" + i + "=1").collect(joining("; "));
            Answer answer = connection.get("/api/whoami", "Cookie: " + cookies);
            assertThat(answer.status()).isEqualTo(Site.isWildFly() ? 500 : 200);
            if (Site.isWildFly()) {
                Line record = records.requests(1, connection.port()).get(0);
                assertThat(record.reason()).as("%s", record).isEqualTo("header_too_large");
                assertThat(record.get("error.message")).isEqualTo("the request has too many cookies: 250");
            }
        }
    }

    /** That of the next answer, -1 if the server makes none. */
    private static long statusOf(Connection connection) throws IOException {
        try {
            return connection.read().status();
        } catch (EOFException | SocketTimeoutException e) {
            return -1;
        }
    }

    @Test
    void headThatNeverEndsIsRecordedAsTimedOut() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            connection.send("GET /api/whoami HTTP/1.1\r\nHost: local");
            Line record = records.requests(1, connection.port()).get(0);
            assertThat(record.reason()).as("%s", record).isEqualTo("request_timeout");
        }
    }

    @Test
    void idOfTheClientIsKeptWhereItIsWellFormedElseReplaced() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer kept = connection.get("/api/whoami", "X-Request-Id: order-4711.a");
            assertThat(kept.requestId()).isEqualTo("order-4711.a");
            assertThat(records.request("order-4711.a").get("http.request.id_source"))
                    .isEqualTo("client");
            for (String bad : List.of("with space", "quo\"te", "back\\slash", "a".repeat(129), "tab\tbed")) {
                Answer answer = connection.get("/api/whoami", "X-Request-Id: " + bad);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.requestId()).as(bad).matches(UUID_V7);
                assertThat(records.request(answer.requestId()).get("http.request.id_source"))
                        .isEqualTo("server");
            }
        }
    }

    @Test
    void traceContextIsTakenFromAValidTraceparentOnly() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (var connection = connect(Client.ALICE)) {
            Line good = records.request(connection
                    .get("/api/whoami", "traceparent: 00-" + trace + "-b7ad6b7169203331-01")
                    .requestId());
            assertThat(good.get("trace_id")).isEqualTo(trace);
            assertThat(good.get("span_id")).isEqualTo("b7ad6b7169203331");
            for (String bad : List.of("00-" + "0".repeat(32) + "-b7ad6b7169203331-01", "ff-" + trace, "nonsense")) {
                Line record = records.request(
                        connection.get("/api/whoami", "traceparent: " + bad).requestId());
                assertThat(record.get("trace_id")).isEmpty();
            }
        }
    }

    @Test
    void answerOfUnknownLengthOnAConnectionThatClosesIsASuccess() throws Exception {
        try (var connection = connect(Client.AUDITOR)) {
            Answer answer = connection.get("/api/entries", "Connection: close");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-length")).isEmpty();
            Line record = records.request(answer.requestId());
            assertThat(record.get("event.outcome")).as("%s", record).isEqualTo("success");
            assertThat(record.status()).isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsHaveARecordEachInTheirOrder() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            var heads = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                heads.append(Connection.head("GET", "/api/whoami", "X-Request-Id: pipelined-" + i));
            }
            connection.send(heads.toString());
            for (int i = 0; i < 10; i++) {
                assertThat(connection.read().requestId()).isEqualTo("pipelined-" + i);
            }
            List<Line> lines = records.requests(10, connection.port());
            for (int i = 0; i < 10; i++) {
                assertThat(lines.get(i).requestId()).isEqualTo("pipelined-" + i);
            }
        }
    }

    @Test
    void keepAliveConnectionHasOneHandshakeAndARecordForEachRequest() throws Exception {
        try (var connection = connect(Client.AUDITOR)) {
            for (int i = 0; i < 25; i++) {
                assertThat(connection
                                .get(i % 2 == 0 ? "/api/whoami" : "/api/nothing")
                                .status())
                        .isEqualTo(i % 2 == 0 ? 200 : 404);
            }
            List<Line> lines = records.requests(25, connection.port());
            assertThat(lines).extracting(Line::requestId).doesNotHaveDuplicates();
            assertThat(lines)
                    .extracting(Line::connection)
                    .containsOnly(records.handshake(connection.port()).connection());
        }
        settle();
        assertThat(records.lines(Line::isRequest)).hasSize(26);
        assertThat(records.lines(Line::isHandshake)).hasSize(2);
    }

    @Test
    void recordIsOnDiskWhenTheAnswerArrives() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            for (int i = 0; i < 20; i++) {
                String id = connection.get("/api/whoami").requestId();
                assertThat(TrailAssert.durableLines(site.trail()))
                        .filteredOn(line -> line.contains("\"name\":\"http.request\"") && line.contains(id))
                        .hasSize(1);
            }
        }
    }

    /** Payara never reads such a request, WildFly does; each has a record of it. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2, false", "TLSv1.3, false", "TLSv1.3, true"})
    void requestThatComesTogetherWithTheEndOfTlsIsRecordedOnce(String protocol, boolean withHandshake)
            throws Exception {
        var ports = new ArrayList<Integer>();
        for (String request :
                List.of("GET /api/whoami HTTP/1.1\r\nHost: localh", Connection.head("GET", "/api/whoami"))) {
            var tcp = new HoldingSocket(site.port());
            tcp.holdFrom(withHandshake ? 1 : Integer.MAX_VALUE); // all but the hello, or nothing yet
            try (var connection = client(Client.ALICE, protocol).connect(tcp)) {
                settle(); // what was sent has been read
                tcp.holdFrom(0);
                connection.send(request);
                ((SSLSocket) connection.socket()).shutdownOutput();
                tcp.release();
                ports.add(tcp.getLocalPort());
                Line line = records.requests(1, tcp.getLocalPort()).get(0);
                if (!request.endsWith("\r\n\r\n")) {
                    assertThat(line.get("error.type")).isEqualTo("client_aborted");
                }
                assertThat(line.connection())
                        .isEqualTo(records.handshake(tcp.getLocalPort()).connection());
            }
        }
        settle();
        for (int port : ports) {
            records.requests(1, port);
        }
    }

    private HttpClient http2() {
        return HttpClient.newBuilder()
                .sslContext(certificates.context(Client.ALICE))
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    private HttpResponse<String> send(HttpClient client, String id) throws IOException, InterruptedException {
        return client.send(whoami(id), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest whoami(String id) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + site.port() + "/api/whoami"))
                .header("X-Request-Id", id)
                .build();
    }

    private static JsonObject assertProblem(Answer answer) {
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.body())
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("io.certrail", "\tat ", "jakarta");
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            JsonObject problem = reader.readObject();
            assertThat(problem.getInt("status")).isEqualTo(answer.status());
            return problem;
        }
    }
}
