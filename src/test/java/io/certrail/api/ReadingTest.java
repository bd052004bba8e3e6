package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.api.Problem.Violation;
import io.certrail.event.ReadingEvent;
import io.certrail.event.RecordEncoder;
import io.certrail.event.RequestFacts;
import io.certrail.event.RequestLink;
import io.certrail.index.RecordQuery.Order;
import io.certrail.recorder.RequestInFlight;
import io.certrail.servlet.FakeExchange;
import io.certrail.servlet.RecordingFixture;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That all that somebody asks for is on record. */
final class ReadingTest {
    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private RecordingFixture recording;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        recording = new RecordingFixture(folder);
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    void valueIsOnRecordAlsoAfterALongOne() throws IOException {
        given.put("user", List.of("x".repeat(1024), "alice"));

        assertThat(asked().getString("user")).isEqualTo("x".repeat(1024) + ", alice");
    }

    @Test
    void whatIsRepeatedTakesNoOthersPlace() throws IOException {
        given.put("event", Collections.nCopies(16, "http.request"));
        given.put("outcome", Collections.nCopies(17, "failure"));
        given.put("sha256", List.of("A".repeat(64), "a".repeat(64)));
        given.put("user", List.of("alice"));
        given.put("subject_part", List.of("Alice"));
        given.put("status", List.of("4xx", "500"));
        given.put("address", List.of("10.1.0.0/16"));
        given.put("from", List.of("2026-01-01T01:00:00+01:00"));

        JsonObject asked = asked();
        assertThat(asked.getString("event")).isEqualTo("http.request");
        assertThat(asked.getString("outcome")).isEqualTo("failure");
        assertThat(asked.getString("sha256")).isEqualTo("a".repeat(64));
        assertThat(asked.getString("user")).isEqualTo("alice");
        assertThat(asked.getString("subject_part")).isEqualTo("alice");
        assertThat(asked.getString("status")).isEqualTo("4xx, 500");
        assertThat(asked.getString("address")).isEqualTo("10.1.0.0/16");
        assertThat(asked.getString("from")).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void everyParameterOfASearchIsOnRecord() throws IOException {
        Map<String, String> plain = Map.of("order", "oldest", "limit", "7", "cursor", "c", "proof", "true");
        plain.forEach((name, value) -> given.put(name, List.of(value)));
        given.put("origin", List.of("other.example"));

        JsonObject asked = asked();
        plain.forEach((name, value) -> assertThat(asked.getString(name)).isEqualTo(value));
        assertThat(asked.getString("origin")).isEqualTo("other.example");
    }

    @Test
    void moreThanARecordTakesIsRefused() {
        given.put("user", numbered(4));
        given.put("route", List.of("r".repeat(100)));

        assertThatThrownBy(this::parameters).isInstanceOfSatisfying(InvalidParametersException.class, e -> assertThat(
                        e.invalid())
                .containsExactly(new Violation("query", "must be at most 4096 characters, names and values together")));
    }

    @Test
    void mostThatARecordTakesLeavesRoomInALine() throws IOException {
        int most = (ReadingEvent.MAX_ASKED - "user".length() - 3 * ", ".length()) / 4;
        List<String> values = Stream.of("\u202a", "\u202b", "\u202c", "\u202d")
                .map(invisible -> invisible.repeat(most))
                .toList();
        given.put("user", values);

        assertThat(asked().getString("user")).isEqualTo(String.join(", ", values));
        assertThat(new RecordEncoder().encode(event(), "boot").length()).isBetween(24_000, 26_000);
    }

    private static List<String> numbered(int count) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(i + "x".repeat(1023));
        }
        return values;
    }

    private Parameters parameters() {
        Parameters parameters = new Parameters(given);
        FilterParameters.records(parameters);
        parameters.word("order", Order.class);
        RecordsResource.limit(parameters);
        RecordsResource.cursor(parameters);
        parameters.flag("proof");
        parameters.check();
        return parameters;
    }

    private ReadingEvent event() {
        RequestLink link = new RequestLink("id", null, List.of(), null, null, null);
        return new ReadingEvent(Instant.EPOCH, "f", "/api/records", parameters().asked(), link);
    }

    private JsonObject asked() throws IOException {
        FakeExchange exchange = new FakeExchange();
        RequestFacts facts = new RequestFacts("id", "server", "GET", "/api/records", "1.1", null, null, null);
        exchange.attributes.put(RequestInFlight.ATTRIBUTE, recording.recorder().open(facts, null, 0));
        Reading reading = new Reading();
        reading.recorder = recording.recorder();
        reading.record(exchange.request, "f", "/api/records", parameters().asked());
        JsonObject audit = recording.record("app.invocation").getJsonObject("audit");
        assertThat(audit.getString("action")).isEqualTo("audit.read");
        return audit.getJsonObject("arguments");
    }
}
