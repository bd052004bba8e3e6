package io.certrail.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.dev.pki.Client;
import io.certrail.it.Connection.Answer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an auditor can ask the running server, and what others cannot. */
final class SearchIT extends OnServer {
    private static JsonObject json(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    /** Asks until what was recorded is indexed. */
    private static JsonObject ask(Connection auditor, String path, Predicate<JsonObject> done) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonObject answer = JsonObject.EMPTY_JSON_OBJECT;
        while (System.nanoTime() < end) {
            Answer got = auditor.get(path);
            if (got.status() == 200) {
                answer = json(got);
                if (done.test(answer)) {
                    return answer;
                }
            }
            pause();
        }
        throw new AssertionError(path + " gave " + answer);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Predicate<JsonObject> records(int count) {
        return page -> page.getJsonArray("records").size() == count;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void refusedHandshakeIsFoundByReasonSubjectAndAddressAsItStandsInTheTrail() throws Exception {
        Line refused = records.handshake(client(Client.EXPIRED).attempt());
        try (var auditor = connect(Client.AUDITOR)) {
            String query =
                    "/api/records?reason=certificate_expired&subject=" + encoded(refused.get("tls.client.subject"))
                            + "&address=" + encoded(loopback() + "/8") + "&connection_id=" + refused.connection();
            JsonObject page = ask(auditor, query, records(1));
            JsonObject found = page.getJsonArray("records").getJsonObject(0);
            assertThat(found.getInt("sequence")).isEqualTo((int) refused.sequence());
            assertThat(auditor.get(query, "Accept: application/x-ndjson").body())
                    .isEqualTo(refused + "\n");
            assertThat(auditor.get(query, "Accept: application/x-ndjson").header("certrail-coverage"))
                    .matches("(complete|partial);indexed=\\d+;next=\\d+");
            assertThat(page.getJsonObject("coverage").getJsonArray("trails")).hasSize(1);
        }
    }

    @Test
    void storyOfAConnectionIsItsHandshakeItsRequestsAndItsEventsInOrder() throws Exception {
        String id;
        String request;
        try (var alice = connect(Client.ALICE)) {
            alice.get("/api/whoami");
            Answer posted = alice.post("/api/events", "application/json", "{\"action\":\"story\"}");
            request = posted.requestId();
            id = records.handshake(alice.port()).connection();
            records.requests(2, alice.port());
        }
        try (var auditor = connect(Client.AUDITOR)) {
            JsonArray story = ask(auditor, "/api/connections/" + id, records(4)).getJsonArray("records");
            assertThat(names(story)).containsExactly("tls.handshake", "http.request", "app.event", "http.request");
            assertThat(names(
                            ask(auditor, "/api/requests/" + request, records(2)).getJsonArray("records")))
                    .containsExactly("app.event", "http.request");
            assertThat(auditor.get("/api/connections/no-such-connection").status())
                    .isEqualTo(404);
        }
    }

    private static List<String> names(JsonArray records) {
        return records.stream()
                .map(record -> record.asJsonObject()
                        .getJsonObject("record")
                        .getJsonObject("event")
                        .getString("name"))
                .toList();
    }

    @Test
    void pagesFollowOneAnother() throws Exception {
        try (var auditor = connect(Client.AUDITOR)) {
            for (int i = 0; i < 5; i++) {
                records.request(auditor.get("/api/whoami").requestId());
            }
            String id = records.handshake(auditor.port()).connection();
            String query = "/api/records?event=http.request&route=" + encoded("/api/whoami") + "&connection_id=" + id;
            JsonArray all = ask(auditor, query, records(5)).getJsonArray("records");
            JsonObject first = json(auditor.get(query + "&limit=3"));
            JsonObject second = json(auditor.get(query + "&limit=3&cursor=" + first.getString("next")));
            List<Object> paged = Stream.concat(
                            first.getJsonArray("records").stream(), second.getJsonArray("records").stream())
                    .map(Object.class::cast)
                    .toList();
            assertThat(paged).isEqualTo(List.copyOf(all));
            assertThat(second.containsKey("next")).isFalse();
            Answer lines = auditor.get(query + "&limit=3", "Accept: application/x-ndjson");
            assertThat(lines.header("link")).contains("rel=\"next\"", "cursor=" + first.getString("next"));
        }
    }

    @Test
    void recordComesWithItsProofAndIsNotSentAgainUnchanged() throws Exception {
        Line refused = records.handshake(client(Client.UNTRUSTED).attempt());
        try (var auditor = connect(Client.AUDITOR)) {
            String path = "/api/records/" + refused.sequence();
            JsonObject record = ask(auditor, path, one -> one.containsKey("proof"));
            assertThat(record.getString("line")).isEqualTo(refused.toString());
            JsonObject proof = record.getJsonObject("proof");
            assertThat(proof.getString("tlog_proof")).startsWith("c2sp.org/tlog-proof@v1\nindex " + refused.sequence());
            assertThat(proof.getInt("tree_size")).isGreaterThan((int) refused.sequence());
            Answer line = auditor.get(path, "Accept: application/x-ndjson");
            assertThat(line.body()).isEqualTo(refused + "\n");
            assertThat(line.header("cache-control")).contains("no-store");
            Answer same = auditor.get(path, "Accept: application/x-ndjson", "If-None-Match: " + line.header("etag"));
            assertThat(same.status()).isEqualTo(304);
            assertThat(auditor.get(path + "/proof").body()).startsWith("c2sp.org/tlog-proof@v1\n");
            assertThat(auditor.get("/api/records/999999999999").status()).isEqualTo(404);
        }
    }

    @Test
    void certificatesTellOfGoodOnesAndOfRefusedOnes() throws Exception {
        Line refused = records.handshake(client(Client.REVOKED).attempt());
        String sha256 = refused.get("tls.client.hash.sha256");
        try (var auditor = connect(Client.AUDITOR)) {
            JsonObject revoked = ask(
                    auditor, "/api/certificates/" + sha256, one -> one.getInt("last_sequence") >= refused.sequence());
            assertThat(revoked.getBoolean("accepted")).isFalse();
            assertThat(revoked.getJsonObject("failures_by_reason").getInt("certificate_revoked"))
                    .isPositive();
            assertThat(revoked.getJsonArray("addresses").getString(0)).isEqualTo(loopback());
            JsonObject page = json(auditor.get("/api/certificates?accepted=false&subject_part=REVOKED"));
            assertThat(page.getJsonArray("certificates").getJsonObject(0).getString("sha256"))
                    .isEqualTo(sha256);
            assertThat(auditor.get("/api/certificates/" + "0".repeat(64)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void summaryCountsWhatHappened() throws Exception {
        try (var auditor = connect(Client.AUDITOR)) {
            Line refused = records.handshake(client(Client.SELF_SIGNED).attempt());
            JsonObject summary = ask(
                    auditor,
                    "/api/summary?buckets=5&connection_id=" + refused.connection(),
                    one -> one.getJsonArray("totals").size() == 1);
            JsonObject total = summary.getJsonArray("totals").getJsonObject(0);
            assertThat(total.getString("reason")).isEqualTo(refused.reason());
            assertThat(total.getInt("count")).isEqualTo(1);
            assertThat(summary.getJsonArray("sources").getJsonObject(0).getInt("failures"))
                    .isEqualTo(1);
        }
    }

    @Test
    void trailTellsHowItIs() throws Exception {
        try (var auditor = connect(Client.AUDITOR)) {
            JsonObject state = ask(
                    auditor,
                    "/api/trail",
                    one -> one.getJsonObject("index").getInt("indexed") > 0 && one.containsKey("checkpoint"));
            assertThat(state.getBoolean("writing")).isTrue();
            assertThat(state.getInt("lost")).isZero();
            assertThat(state.getJsonObject("index").getString("engine")).isEqualTo("lucene");
            assertThat(state.getString("origin")).isNotEqualTo("unknown");
        }
    }

    @Test
    void streamTellsRecordsAsTheyComeAndThereIsABoundToHowManyAreOpen() throws Exception {
        Line before = records.handshake(client(Client.EXPIRED).attempt());
        try (var auditor = connect(Client.AUDITOR)) {
            BufferedReader in = open(
                    auditor,
                    "/api/stream?event=tls.handshake&reason=certificate_expired",
                    "Last-Event-ID: " + (before.sequence() - 1));
            assertThat(data(in)).isEqualTo(before.toString());
            Line next = records.handshake(client(Client.EXPIRED).attempt());
            assertThat(data(in)).isEqualTo(next.toString());
        }
        List<Connection> open = new ArrayList<>();
        try {
            String status;
            do {
                Connection connection = connect(Client.AUDITOR);
                open.add(connection);
                connection.send(Connection.head("GET", "/api/stream"));
                connection.socket().setSoTimeout(30_000);
                status = reader(connection).readLine();
            } while (status.contains(" 200"));
            assertThat(status).contains(" 503");
            assertThat(open).hasSizeBetween(2, 17);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    private static BufferedReader open(Connection connection, String path, String header) throws IOException {
        connection.send(Connection.head("GET", path, header));
        connection.socket().setSoTimeout(30_000);
        BufferedReader in = reader(connection);
        assertThat(in.readLine()).contains(" 200");
        return in;
    }

    private static BufferedReader reader(Connection connection) throws IOException {
        return new BufferedReader(new InputStreamReader(connection.socket().getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next event's data. */
    private static String data(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("the stream ended");
    }

    @Test
    void onlyAuditorsSearchAndEverySearchIsOnRecordWithWhatWasAskedFor() throws Exception {
        try (var alice = connect(Client.ALICE);
                var auditor = connect(Client.AUDITOR)) {
            for (String path : List.of(
                    "/api/records",
                    "/api/records/0",
                    "/api/records/0/proof",
                    "/api/connections/x",
                    "/api/requests/x",
                    "/api/certificates",
                    "/api/summary",
                    "/api/trail",
                    "/api/stream")) {
                Answer answer = alice.get(path);
                assertThat(answer.status()).as(path).isEqualTo(403);
                assertThat(records.request(answer.requestId()).status())
                        .as(path)
                        .isEqualTo(403);
            }
            Answer answer = auditor.get("/api/records?subject_part=Alice&status=4xx");
            assertThat(answer.status()).isEqualTo(200);
            Line asked = records.awaitOne(line ->
                    line.name().equals("app.invocation") && line.requestId().equals(answer.requestId()));
            assertThat(asked.text()).contains("\"audit.read\"", "\"subject_part\":\"alice\"", "\"status\":\"4xx\"");
            assertThat(asked.sequence())
                    .isLessThan(records.request(answer.requestId()).sequence());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/records?subjct=x",
                "/api/records?from=yesterday",
                "/api/records?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "/api/records?limit=0",
                "/api/records?limit=1001",
                "/api/records?limit=1&limit=2",
                "/api/records?order=sideways",
                "/api/records?cursor=%27%3B%20drop%20table",
                "/api/records?address=evil.example",
                "/api/records?address=10.0.0.0%2F33",
                "/api/records?sha256=..%2F..%2Fetc%2Fpasswd",
                "/api/records?event=%3Cscript%3E",
                "/api/records/x",
                "/api/summary?buckets=501",
                "/api/certificates?sort=subject",
                "/api/certificates/xyz",
                "/api/stream?after=-1",
                "/api/stream?outcome=maybe"
            })
    void badParametersAreNamedAndNotRepeated(String path) throws Exception {
        try (var auditor = connect(Client.AUDITOR)) {
            Answer answer = auditor.get(path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(answer.body()).contains("\"invalid\":[{\"name\":\"").doesNotContain("script", "passwd", "evil");
            assertThat(records.request(answer.requestId()).status()).isEqualTo(400);
        }
    }
}
