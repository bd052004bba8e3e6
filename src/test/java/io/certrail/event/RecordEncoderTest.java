package io.certrail.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.ConnectionFacts.Endpoint;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** The encoder writes what JSON-B writes, byte for byte, and nothing that could fool a reader. */
class RecordEncoderTest {
    private static final RecordJson JSONB = new RecordJson(JsonbBuilder.create());
    private static final Instant TIME = Instant.parse("2026-11-23T09:05:03.000042999Z");

    /** One for all properties: what it keeps from one event must never show in the next. */
    private static final RecordEncoder ENCODER = new RecordEncoder();

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    @Domain(HostileEvents.class)
    @Domain(DomainContext.Global.class)
    void anyEventGivesTheBytesThatJsonbGives(@ForAll AuditEvent event, @ForAll @LongRange(min = 0) long sequence) {
        assertThat(text(encoded(event, "boot", sequence)))
                .isEqualTo(text(JSONB.write(new AuditRecord(event, "boot", sequence))));
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @Domain(HostileEvents.class)
    void anyRequestGivesTheBytesThatJsonbGives(@ForAll RequestEvent event) {
        assertThat(text(encoded(event, "boot", 7))).isEqualTo(text(JSONB.write(new AuditRecord(event, "boot", 7))));
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Domain(HostileEvents.class)
    @Domain(DomainContext.Global.class)
    void nothingInvisibleStandsRawInARecord(@ForAll AuditEvent event) {
        byte[] line = encoded(event, "boot", 7);
        assertThat(text(line).getBytes(StandardCharsets.UTF_8))
                .as("well-formed UTF-8")
                .isEqualTo(line);
        text(line).codePoints().forEach(RecordEncoderTest::assertVisible);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Domain(HostileEvents.class)
    void recordParsesToTheTextsThatWereGiven(@ForAll RequestEvent event) {
        JsonObject record = parsed(encoded(event, "boot", 7));
        assertThat(at(record, "/http/request/id"))
                .isEqualTo(sane(event.request().id()));
        assertThat(at(record, "/url/path")).isEqualTo(sane(event.request().path()));
        assertThat(at(record, "/user_agent/original"))
                .isEqualTo(sane(event.request().userAgent()));
        assertThat(at(record, "/user/name")).isEqualTo(sane(event.user()));
        Fault fault = event.fault();
        assertThat(at(record, "/error/type")).isEqualTo(fault == null ? null : sane(fault.type()));
        CertificateFacts client =
                event.connection() == null ? null : event.connection().certificate();
        if (client != null && !client.subject().isEmpty()) {
            assertThat(at(record, "/tls/client/subject")).isEqualTo(sane(client.subject()));
        }
    }

    @Example
    void requestOnAKnownConnectionIsWrittenAsEver() {
        assertThat(text(encoded(request("/api/ping", "curl/8.14.1"), "b0", 41)))
                .isEqualTo(
                        "{\"time\":\"2026-11-23T09:05:03.000042Z\",\"schema\":\"1\",\"event\":{\"name\":\"http.request\","
                                + "\"outcome\":\"success\",\"duration_ns\":412345},\"mtls\":{\"connection\":{\"id\":\"c1\"}},"
                                + "\"client\":{\"address\":\"127.0.0.1\",\"port\":40000},"
                                + "\"server\":{\"address\":\"127.0.0.1\",\"port\":8443,\"name\":\"localhost\"},"
                                + "\"tls\":{\"protocol\":{\"version\":\"1.3\"},\"cipher\":\"TLS_AES_256_GCM_SHA384\","
                                + "\"resumed\":false,\"established\":true,\"client\":{\"subject\":\"CN=a\",\"issuer\":\"CN=ca\","
                                + "\"serial_number\":\"1f\",\"hash\":{\"sha256\":\"00ff\"},"
                                + "\"not_before\":\"2026-11-23T09:05:03.000042Z\",\"not_after\":\"9999-12-31T23:59:59.000000Z\","
                                + "\"subject_alternative_names\":[\"DNS:a\",\"URI:spiffe://x/y\"],"
                                + "\"public_key\":\"EC secp256r1\",\"verified\":true}},"
                                + "\"http\":{\"request\":{\"id\":\"r1\",\"id_source\":\"server\",\"method\":\"GET\"},"
                                + "\"route\":\"/api/ping\",\"response\":{\"status_code\":200,\"body\":{\"size\":17}}},"
                                + "\"url\":{\"path\":\"/api/ping\"},\"network\":{\"protocol\":{\"version\":\"1.1\"}},"
                                + "\"user_agent\":{\"original\":\"curl/8.14.1\"},"
                                + "\"user\":{\"name\":\"CN=a\",\"roles\":[\"clients\",\"auditors\"]},"
                                + "\"audit\":{\"boot_id\":\"b0\",\"sequence\":41}}");
    }

    @Example
    void hostileTextIsEscaped() {
        String path = "/\r\n\u0000\u001b[31m\u007f\u202e\u2028\"\\ é\ud83d\ude00\ud800";
        assertThat(text(encoded(request(path, "ü"), "b0", 0)))
                .contains(
                        "\"url\":{\"path\":\"/\\r\\n\\u0000\\u001b[31m\\u007f\\u202e\\u2028\\\"\\\\ é\ud83d\ude00\\ufffd\"}")
                .contains("\"original\":\"ü\"");
    }

    @Example
    void handshakeOfWhichNothingIsKnownSaysNothingMore() {
        ConnectionFacts unknown = new ConnectionFacts(null, Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, null);
        AuditEvent event = new HandshakeEvent(TIME, Outcome.FAILURE, -1, Fault.of(Reason.NO_DATA), unknown);
        assertThat(text(encoded(event, "b0", Long.MAX_VALUE)))
                .isEqualTo(
                        "{\"time\":\"2026-11-23T09:05:03.000042Z\",\"schema\":\"1\","
                                + "\"event\":{\"name\":\"tls.handshake\",\"outcome\":\"failure\"},"
                                + "\"error\":{\"type\":\"no_data\"},\"audit\":{\"boot_id\":\"b0\",\"sequence\":9223372036854775807}}");
    }

    @Example
    void textThatSaysNothingIsLeftOut() {
        RequestFacts request = new RequestFacts("r1", "server", "GET", "", "1.1", " ", null, null);
        RequestEvent event = new RequestEvent(
                RequestEvent.ENDED,
                TIME,
                Outcome.SUCCESS,
                1,
                null,
                null,
                request,
                "",
                200,
                -1,
                -1,
                "",
                List.of(),
                null);
        assertThat(text(encoded(event, "b0", 1)))
                .doesNotContain("user", "url", "route", "\"\"")
                .contains("\"method\":\"GET\"");
        RequestLink link = new RequestLink("r1", "", List.of(), null, null, null);
        AuditEvent invocation = new InvocationEvent(TIME, Outcome.SUCCESS, 1, null, "f", null, null, List.of(), link);
        assertThat(text(encoded(invocation, "b0", 1))).doesNotContain("user");
    }

    @Example
    void timesWithoutAYearOfFourDigitsAreLeftOut() {
        CertificateFacts far = new CertificateFacts(
                "CN=a",
                "CN=ca",
                "1f",
                "00ff",
                Instant.parse("-0001-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                List.of(),
                0,
                null,
                List.of(),
                false);
        TlsFacts tls = new TlsFacts(null, null, null, null, false, null, null, null, far);
        ConnectionFacts connection = new ConnectionFacts("c1", Endpoint.UNKNOWN, Endpoint.UNKNOWN, null, tls);
        AuditEvent event = new HandshakeEvent(TIME, Outcome.FAILURE, -1, null, connection);
        String line = text(encoded(event, "b0", 1));
        assertThat(line)
                .contains("\"hash\":{\"sha256\":\"00ff\"},\"verified\":false")
                .doesNotContain("not_");
        assertThat(line).isEqualTo(text(JSONB.write(new AuditRecord(event, "b0", 1))));
    }

    @Example
    void firstAndLastTimeAreWritten() {
        for (String time : List.of("0000-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")) {
            AuditEvent event = new TrailEvent("x", Instant.parse(time), Outcome.SUCCESS, null, List.of());
            assertThat(text(encoded(event, "b0", 1))).startsWith("{\"time\":\"" + time + "\"");
        }
    }

    @Example
    void everyLengthOfTextIsCopiedWhole() {
        for (int length = 0; length < 70; length++) {
            String text = "x".repeat(length);
            assertSame(text);
            for (int at = 0; at < length; at++) {
                for (char odd : new char[] {'"', '\\', '\n', '\u001f', '\u007f', '\u0080', '\u0120', '\u2022'}) {
                    assertSame(text.substring(0, at) + odd + text.substring(at + 1));
                }
            }
        }
    }

    @Example
    void everyCountOfDigitsIsWritten() {
        byte[] bytes = new byte[32];
        for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
            for (long value = power - 1; value <= power + 1; value++) {
                int end = Digits.put(value, bytes, 0);
                assertThat(new String(bytes, 0, end, StandardCharsets.US_ASCII)).isEqualTo(Long.toString(value));
            }
        }
    }

    private static void assertSame(String path) {
        RequestEvent event = request(path, path);
        assertThat(text(encoded(event, path, 1))).isEqualTo(text(JSONB.write(new AuditRecord(event, path, 1))));
    }

    private static RequestEvent request(String path, String agent) {
        CertificateFacts certificate = new CertificateFacts(
                "CN=a",
                "CN=ca",
                "1f",
                "00ff",
                TIME,
                Instant.parse("9999-12-31T23:59:59Z"),
                List.of("DNS:a", "URI:spiffe://x/y"),
                2,
                "EC secp256r1",
                List.of(),
                true);
        TlsFacts tls = new TlsFacts("1.3", "TLS_AES_256_GCM_SHA384", null, false, true, null, null, null, certificate);
        ConnectionFacts connection = new ConnectionFacts(
                "c1", new Endpoint("127.0.0.1", 40_000), new Endpoint("127.0.0.1", 8443), "localhost", tls);
        RequestFacts request = new RequestFacts("r1", "server", "GET", path, "1.1", agent, null, null);
        return new RequestEvent(
                RequestEvent.ENDED,
                TIME,
                Outcome.SUCCESS,
                412_345,
                null,
                connection,
                request,
                "/api/ping",
                200,
                -1,
                17,
                "CN=a",
                List.of("clients", "auditors"),
                null);
    }

    private static byte[] encoded(AuditEvent event, String bootId, long sequence) {
        RecordEncoder.Encoded encoded = ENCODER.encode(event, bootId);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(encoded.array(), 0, encoded.length());
        line.writeBytes((sequence + RecordEncoder.AFTER_SEQUENCE).getBytes(StandardCharsets.US_ASCII));
        return line.toByteArray();
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    private static JsonObject parsed(byte[] line) {
        try (var reader = Json.createReader(new ByteArrayInputStream(line))) {
            return reader.readObject();
        }
    }

    private static @Nullable String at(JsonObject record, String pointer) {
        try {
            JsonValue value = Json.createPointer(pointer).getValue(record);
            return ((JsonString) value).getString();
        } catch (jakarta.json.JsonException absent) {
            return null;
        }
    }

    /** The text with U+FFFD for each half of a surrogate pair that stands alone, which JSON in UTF-8 cannot say. */
    private static @Nullable String sane(@Nullable String text) {
        if (text == null) {
            return null;
        }
        StringBuilder sane = new StringBuilder();
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(sane::appendCodePoint);
        return sane.toString();
    }

    private static void assertVisible(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> throw new AssertionError("raw U+%04X".formatted(c));
            default -> {
                // may stand in a line
            }
        }
    }
}
