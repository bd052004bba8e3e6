package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import io.certrail.metrics.Meter;
import io.certrail.metrics.Series;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the WAR offers under {@code /api}, to whom, and what its metrics and health say meanwhile. */
final class ApiIT extends OnServer {
    @Test
    void whoamiTellsTheConnectionAsTheTrailDoes() throws Exception {
        try (var connection = connect(Client.SPIFFE)) {
            Answer answer = connection.get("/api/whoami");
            JsonObject me = json(answer);
            Line handshake = records.handshake(connection.port());
            assertThat(me.getString("connection_id")).isEqualTo(handshake.connection());
            assertThat(me.getString("request_id")).isEqualTo(answer.requestId());
            assertThat(me.getJsonObject("client").getInt("port")).isEqualTo(connection.port());
            assertThat(me.getJsonObject("certificate").getString("subject"))
                    .isEqualTo(handshake.get("tls.client.subject"));
            assertThat(me.getJsonObject("certificate")
                            .getJsonArray("subject_alternative_names")
                            .getString(0))
                    .isEqualTo("URI:spiffe://certrail.example/reporter");
            assertThat(me.getJsonObject("user").getJsonArray("roles").getString(0))
                    .isEqualTo("reporter");
            assertThat(handshake.list("tls.client.subject_alternative_names"))
                    .containsExactly("URI:spiffe://certrail.example/reporter");
        }
    }

    @Test
    void interfaceIsDescribedToAuditorsWhereTheServerHasOpenApi() throws Exception {
        try (var auditor = connect(Client.AUDITOR)) {
            Answer answer = describedTo(auditor);
            if (site.hasOpenApi()) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(json(answer).getJsonObject("paths")).containsKeys("/api/records", "/api/events");
            } else {
                assertThat(answer.status()).isEqualTo(404);
            }
        }
        try (var other = connect(Client.ALICE)) {
            assertThat(describedTo(other).status()).isEqualTo(site.hasOpenApi() ? 403 : 404);
        }
    }

    private static Answer describedTo(Connection client) throws Exception {
        return client.get("/openapi", "Accept: application/json");
    }

    @Test
    void postedEventStandsOnRecordUnderTheIdentityOfWhoPostedIt() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post(
                    "/api/events",
                    "application/json",
                    "{\"action\":\"ship\",\"resource\":\"order/1\",\"outcome\":\"failure\",\"message\":\"no\\nstock\","
                            + "\"attributes\":{\"carrier\":\"x\"}}");
            assertThat(answer.status()).isEqualTo(202);
            assertThat(json(answer).getString("request_id")).isEqualTo(answer.requestId());
            Line event = records.awaitOne(line -> line.name().equals("app.event"));
            assertThat(event.requestId()).isEqualTo(answer.requestId());
            assertThat(event.get("event.outcome")).isEqualTo("failure");
            assertThat(event.get("tls.client.subject")).startsWith("CN=alice");
            assertThat(event.text()).contains("\"ship\"", "order/1", "carrier", "no\\nstock");
            assertThat(event.connection())
                    .isEqualTo(records.handshake(connection.port()).connection());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"action\":\"\"}",
                "{\"action\":\"a\",\"outcome\":\"maybe\"}",
                "{\"action\":\"a\",\"time\":\"yesterday\"}",
                "{\"action\":\"a\",\"attributes\":{\"bad name\":\"x\"}}",
                "{\"action\":\"a\",\"unknown\":\"x\"}",
                "{\"action\":\"a\"}{\"action\":\"b\"}",
                "{\"action\":\"a\",\"action\":\"b\"}",
                "{\"action\":\"a\\ud800\"}",
                "{\"action\":1}"
            })
    void invalidEventIsRefusedAndNotRecordedAsOne(String body) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post("/api/events", "application/json", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(json(answer).getString("request_id")).isEqualTo(answer.requestId());
            assertThat(records.request(answer.requestId()).status()).isEqualTo(400);
        }
        assertThat(records.lines(line -> line.name().equals("app.event"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: cross-site", "Origin: https://evil.example", "Origin: null"})
    void pageOfAnotherOriginPostsNothingInTheNameOfItsVisitor(String header) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post("/api/events", "application/json", "{\"action\":\"a\"}", header);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            Line request = records.request(answer.requestId());
            assertThat(request.reason()).isEqualTo("forbidden");
            assertThat(request.get("error.message")).isEqualTo("sent by a page of another origin");
        }
        assertThat(records.lines(line -> line.name().equals("app.event"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Origin: https://localhost"})
    void pageOfThisServerPostsEvents(String header) throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer = connection.post("/api/events", "application/json", "{\"action\":\"a\"}", header);
            assertThat(answer.status()).isEqualTo(202);
        }
    }

    @Test
    void tooLongAnEventIsRefused() throws Exception {
        try (var connection = connect(Client.ALICE)) {
            Answer answer =
                    connection.post("/api/events", "application/json", "{\"action\":\"" + "a".repeat(40_000) + "\"}");
            assertThat(answer.status()).isEqualTo(413);
            assertThat(records.request(answer.requestId()).reason()).isEqualTo("payload_too_large");
        }
    }

    @Test
    void onlyReportersPostAndOnlyAuditorsRead() throws Exception {
        try (var auditor = connect(Client.AUDITOR);
                var stranger = connect(Client.STRANGER);
                var alice = connect(Client.ALICE)) {
            for (Connection connection : List.of(auditor, stranger)) {
                assertThat(connection
                                .post("/api/events", "application/json", "{\"action\":\"a\"}")
                                .status())
                        .isEqualTo(403);
            }
            for (Connection connection : List.of(alice, stranger)) {
                assertThat(connection.get("/api/entries").status()).isEqualTo(403);
            }
            assertThat(auditor.get("/api/entries?limit=1").status()).isEqualTo(200);
        }
    }

    @Test
    void optionsAreToldToEveryCertificateOnEveryServer() throws Exception {
        for (Client client : List.of(Client.AUDITOR, Client.ALICE)) {
            try (var connection = connect(client)) {
                connection.send(Connection.head("OPTIONS", "/api/records"));
                Answer answer = connection.read();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("allow").split(", ?")).contains("GET", "HEAD", "OPTIONS");
                assertThat(records.request(answer.requestId()).get("event.outcome"))
                        .isEqualTo("success");
                assertThat(connection.get("/api/application.wadl").status()).isEqualTo(404);
            }
        }
    }

    @Test
    void entriesAreTheLinesOfTheTrailByteForByte() throws Exception {
        settle();
        long first = records.lines().get(0).sequence();
        try (var connection = connect(Client.AUDITOR)) {
            Answer two = connection.get("/api/entries?from=" + first + "&limit=2");
            assertThat(two.header("content-type")).startsWith("application/x-ndjson");
            assertThat(two.body())
                    .isEqualTo(records.lines().get(0) + "\n" + records.lines().get(1) + "\n");
            Answer all = connection.get("/api/entries");
            List<Line> trail = Records.all(site.trail()).lines();
            assertThat(trail)
                    .hasSizeGreaterThanOrEqualTo((int) all.body().lines().count());
            assertThat(all.body().lines().limit(first))
                    .containsExactlyElementsOf(
                            trail.stream().limit(first).map(Line::text).toList());
            Answer none = connection.get("/api/entries?from=99999999");
            assertThat(none.body()).isEmpty();
            assertThat(records.awaitOne(line -> line.name().equals("app.invocation")
                                    && line.requestId().equals(none.requestId()))
                            .text())
                    .contains("\"audit.read\"", "/api/entries", "99999999");
        }
    }

    @Test
    void headOfTheEntriesTellsWhatGetDoes() throws Exception {
        settle();
        String one = "/api/entries?limit=1&from=" + records.lines().get(0).sequence();
        String length;
        try (var connection = connect(Client.AUDITOR)) {
            length = String.valueOf(connection.get(one).body().length());
        }
        for (String path : List.of(one, "/api/entries")) {
            try (var connection = connect(Client.AUDITOR)) {
                connection.send(Connection.head("HEAD", path, "Connection: close"));
                Answer answer = connection.readHead();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).startsWith("application/x-ndjson");
                assertThat(records.request(answer.requestId()).status()).isEqualTo(200);
                if (path.equals(one)) {
                    assertThat(answer.headers().getOrDefault("content-length", length))
                            .isEqualTo(length);
                }
            }
        }
        try (var connection = connect(Client.ALICE)) {
            connection.send(Connection.head("HEAD", one, "Connection: close"));
            assertThat(connection.readHead().status()).isEqualTo(403);
        }
    }

    @Test
    void conditionThatIsNoneDoesNotCount() throws Exception {
        try (var connection = connect(Client.AUDITOR)) {
            assertThat(connection.get("/api/trail", "If-None-Match: garbage").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=-1", "from=x", "limit=x", "from=9999999999999999999999", "form=5"})
    void entriesAreAskedForByNumbers(String query) throws Exception {
        try (var connection = connect(Client.AUDITOR)) {
            Answer answer = connection.get("/api/entries?" + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(records.request(answer.requestId()).status()).isEqualTo(400);
        }
    }

    @Test
    void healthIsUp() throws Exception {
        try (var connection = connect(Client.STRANGER)) {
            for (String path : List.of("/health/ready", "/health/live")) {
                Answer answer = connection.get(path);
                assertThat(answer.status()).isEqualTo(200);
                assertThat(json(answer).getString("status")).isEqualTo("UP");
                assertThat(answer.body()).contains("certrail");
            }
        }
    }

    @Test
    void metricsHaveTheNamesAndLabelsThatTheyHaveEverywhere() throws Exception {
        try (var probe = connect(Client.MONITOR)) {
            Set<String> shown = Series.of(probe.get("/metrics").body()).keySet();
            Set<String> names = Arrays.stream(Meter.values()).map(Meter::id).collect(Collectors.toSet());
            assertThat(shown).containsAll(Series.fromTheStart());
            assertThat(shown)
                    .extracting(series -> series.replaceFirst("(_bucket|_sum|_count)?\\{.*", ""))
                    .isSubsetOf(names);
        }
    }

    @Test
    void countersMoveByExactlyWhatWasDone() throws Exception {
        try (var probe = connect(Client.STRANGER)) {
            records.handshake(probe.port()); // counted by now
            Metrics before = Metrics.of(probe.get("/metrics").body());
            for (int i = 0; i < 3; i++) {
                records.handshake(client(Client.EXPIRED).attempt());
            }
            try (var connection = connect(Client.ALICE)) {
                for (int i = 0; i < 5; i++) {
                    connection.get("/api/whoami");
                }
                connection.get("/api/entries");
                connection.post("/api/events", "application/json", "{\"action\":\"a\"}");
                records.requests(7, connection.port());
            }
            Metrics after = Metrics.of(probe.get("/metrics").body());
            assertMoved(before, after, 3, "certrail_handshakes_total", "reason=\"certificate_expired\"");
            assertMoved(before, after, 1, "certrail_handshakes_total", "outcome=\"success\"");
            assertMoved(before, after, 1, "certrail_requests_total", "reason=\"forbidden\"");
            assertMoved(before, after, 3, "certrail_refusals_total", "by=\"tls\"");
            assertMoved(before, after, 1, "certrail_refusals_total", "by=\"application\"");
            assertMoved(before, after, 1, "certrail_posted_events_total");
            assertMoved(before, after, 0, "certrail_hook_errors_total");
            assertMoved(before, after, 0, "certrail_trail_records_lost_total");
            // 4 handshakes, 7 requests, a posted event, and the request for the first metrics
            assertMoved(before, after, 8, "certrail_requests_total");
            assertThat(after.value("certrail_trail_records_seen_total"))
                    .isEqualTo(after.value("certrail_trail_records_recorded_total")
                            + after.value("certrail_trail_records_lost_total")
                            + after.value("certrail_trail_queue_records"));
        }
    }

    private static void assertMoved(Metrics before, Metrics after, long by, String name, String... labels) {
        assertThat(after.value(name, labels) - before.value(name, labels))
                .as("%s%s", name, List.of(labels))
                .isEqualTo(by);
    }

    private static JsonObject json(Answer answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
