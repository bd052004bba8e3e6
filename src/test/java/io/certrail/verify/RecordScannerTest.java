package io.certrail.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.AuditEvent;
import io.certrail.event.HostileEvents;
import io.certrail.event.RecordEncoder;
import io.certrail.event.Rfc3339;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** The scanner finds what a JSON parser finds, and is not fooled by what stands inside texts. */
class RecordScannerTest {
    private static final String BOOT = "01936f5e-9c1b-7d2a-8f00-0123456789ab";
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC)
            .withResolverStyle(ResolverStyle.STRICT);
    /** One that has seen other lines. */
    private static final RecordScanner USED = new RecordScanner();

    private static final String HEAD = "{\"time\":\"2026-11-25T16:00:00.000001Z\",\"schema\":\"1\","
            + "\"event\":{\"name\":\"http.request\",\"outcome\":\"success\"}";
    private static final String TAIL = ",\"audit\":{\"boot_id\":\"" + BOOT + "\",\"sequence\":7}}";

    /** What a verification needs of a record, as a parser of JSON tells it. */
    private record Parsed(
            String time, String name, String outcome, String boot, @Nullable String connection, long sequence) {}

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @Domain(HostileEvents.class)
    @Domain(DomainContext.Global.class)
    void anyRecordGivesWhatAParserGives(@ForAll AuditEvent event, @ForAll @LongRange(min = 0) long sequence) {
        RecordEncoder.Encoded encoded = new RecordEncoder().encode(event, BOOT);
        String line = new String(encoded.copy(), UTF_8) + sequence + RecordEncoder.AFTER_SEQUENCE;

        assertThat(scanned(line)).as(line).isEqualTo(parsed(line));
    }

    /** Fields written in any order, in other objects, inside texts; objects that look like others. */
    @Property(tries = 5000)
    void anyObjectGivesWhatAParserGives(@ForAll("documents") String line) {
        assertThat(scanned(line)).as(line).isEqualTo(parsed(line));
    }

    /** A line that somebody broke in one place: where it is found to be a record, the parser says the same of it. */
    @Property(tries = 5000)
    void damagedRecordIsNeverReadAsAnother(@ForAll @LongRange(min = 0, max = 10_000) long place, @ForAll byte with) {
        byte[] line = (HEAD + ",\"mtls\":{\"connection\":{\"id\":\"" + BOOT + "-1\"}},\"url\":{\"path\":\"/a\\\"b\"}"
                        + TAIL)
                .getBytes(UTF_8);
        line[(int) (place % line.length)] = with;
        String text = new String(line, UTF_8);

        boolean wellFormed = Arrays.equals(text.getBytes(UTF_8), line);
        if (wellFormed && with != '\\') { // an escape in one of the fields is refused, where a parser resolves it
            parsed(text).ifPresent(parsed -> assertThat(scanned(text)).as(text).contains(parsed));
        }
    }

    @Example
    void fieldsInsideATextAreText() {
        String fields = TAIL.replace("\"", "\\\"") + HEAD.replace("\"", "\\\"");
        String line = HEAD + ",\"url\":{\"path\":\"" + fields + "\"},\"audit\":{\"boot_id\":\"" + BOOT
                + "\",\"sequence\":8}}";

        assertThat(scanned(line)).contains(parsed(line).orElseThrow());
        assertThat(scanned(line).orElseThrow().sequence()).isEqualTo(8);
    }

    @Example
    void whatWasNeverSeenIsNotTakenForSeen() {
        String time = HEAD.substring(9, 9 + AsciiTime.SECOND_LENGTH);
        assertThat(scanned((HEAD + TAIL).replace(time, "\0".repeat(AsciiTime.SECOND_LENGTH))))
                .isEmpty();
        assertThat(scanned((HEAD + TAIL).replace(BOOT, "\0".repeat(BOOT.length()))))
                .isEmpty();
    }

    @Example
    void connectionsNumberFollowsTheBootId() {
        assertThat(connectionNumber(BOOT + "-12")).isEqualTo(12);
        assertThat(connectionNumber(BOOT + "-999999999999999999")).isEqualTo(999_999_999_999_999_999L);
        for (String none : List.of(
                BOOT,
                BOOT + "-",
                BOOT + "-0",
                BOOT + "-012",
                BOOT + "-1a",
                BOOT + "-1-2",
                BOOT + "-9999999999999999999",
                BOOT.replace('0', '1') + "-12",
                "12",
                "")) {
            assertThat(connectionNumber(none)).as(none).isEqualTo(-1);
        }
    }

    private static long connectionNumber(String id) {
        byte[] line = (HEAD + ",\"mtls\":{\"connection\":{\"id\":\"" + id + "\"}}" + TAIL).getBytes(UTF_8);
        RecordFields fields = new RecordFields();
        assertThat(new RecordScanner().scan(line, 0, line.length, fields)).isTrue();
        return fields.connectionNumber();
    }

    @Example
    void escapedNameOrNameTwiceIsRefused() {
        assertThat(scanned(HEAD + TAIL)).isPresent();
        assertThat(scanned(HEAD + ",\"e\\u0076ent\":{}" + TAIL)).isEmpty();
        assertThat(scanned(HEAD + ",\"event\":{\"name\":\"tls.handshake\"}" + TAIL))
                .isEmpty();
    }

    @Example
    void sequenceIsFoundWhereverTheLineEndsInOne() {
        assertThat(sequence("junk,\"sequence\":12}}")).isEqualTo(12);
        assertThat(sequence("junk,\"sequence\":012}}")).isEqualTo(-1);
        assertThat(sequence("junk,\"sequence\":}}")).isEqualTo(-1);
        assertThat(sequence("junk,\"sequence\":9223372036854775807}}")).isEqualTo(Long.MAX_VALUE);
        assertThat(sequence("junk,\"sequence\":9223372036854775808}}")).isEqualTo(-1);
        assertThat(sequence("}}")).isEqualTo(-1);
        assertThat(sequence("")).isEqualTo(-1);
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> piece = Arbitraries.of(List.of(
                "\"time\":\"2026-11-25T16:00:00.000001Z\"",
                "\"time\":\"2024-02-29T23:59:59.999999Z\"",
                "\"time\":7",
                "\"schema\":\"1\"",
                "\"event\":{\"name\":\"tls.handshake\",\"outcome\":\"failure\",\"duration_ns\":12}",
                "\"event\":{\"outcome\":\"success\",\"name\":\"a.b\"}",
                "\"event\":[]",
                "\"error\":{\"type\":\"x\",\"message\":\"\\\"}},\\\"mtls\\\":{\"}",
                "\"mtls\":{\"connection\":{\"id\":\"" + BOOT + "-12\"}}",
                "\"mtls\":{\"connection\":{}}",
                "\"x\":{\"mtls\":{\"connection\":{\"id\":\"other-1\"}}}",
                "\"x\":[{\"boot_id\":\"other\",\"sequence\":1}]",
                "\"list\":[1,-2.5e+7,true,false,null,\"\\u00e9\\n\",[],{}]",
                "\"audit\":{\"boot_id\":\"" + BOOT + "\",\"sequence\":5}",
                "\"audit\":{\"refused_by\":\"container\",\"boot_id\":\"" + BOOT + "\",\"sequence\":5}",
                "\"audit\":{\"details\":{\"sequence\":\"1\"},\"boot_id\":\"" + BOOT + "\",\"sequence\":6}",
                "\"audit\":{\"sequence\":4,\"boot_id\":\"short\"}",
                "\"last\":{\"boot_id\":\"" + BOOT + "\",\"sequence\":5}"));
        return piece.list().ofMinSize(1).ofMaxSize(8).map(RecordScannerTest::withoutTwice);
    }

    private static String withoutTwice(List<String> pieces) {
        List<String> names = pieces.stream()
                .map(piece -> piece.substring(0, piece.indexOf(':')))
                .toList();
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) == i) {
                line.append(i == 0 ? "" : ",").append(pieces.get(i));
            }
        }
        return line.append('}').toString();
    }

    private static Optional<Parsed> scanned(String line) {
        Optional<Parsed> fresh = scanned(new RecordScanner(), line);
        assertThat(scanned(USED, line)).as("what came before changes nothing").isEqualTo(fresh);
        return fresh;
    }

    private static Optional<Parsed> scanned(RecordScanner scanner, String line) {
        byte[] bytes = ("xx" + line + "yy").getBytes(UTF_8);
        RecordFields fields = new RecordFields();
        if (!scanner.scan(bytes, 2, bytes.length - 2, fields)) {
            return Optional.empty();
        }
        return Optional.of(new Parsed(
                micros(fields.time),
                fields.text(fields.nameFrom, fields.nameTo),
                fields.text(fields.outcomeFrom, fields.outcomeTo),
                fields.text(fields.bootFrom, fields.bootTo),
                fields.connectionFrom < 0 ? null : fields.text(fields.connectionFrom, fields.connectionTo),
                fields.sequence));
    }

    private static String micros(long time) {
        return Rfc3339.micros(Instant.EPOCH.plus(time, ChronoUnit.MICROS));
    }

    private static long sequence(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return RecordScanner.sequence(bytes, 0, bytes.length);
    }

    /** What Parsson finds; empty if the line is no JSON object, or lacks a field, or one is of another type. */
    private static Optional<Parsed> parsed(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            JsonObject record = reader.readObject();
            JsonObject event = record.getJsonObject("event");
            JsonObject audit = record.getJsonObject("audit");
            Parsed parsed = new Parsed(
                    time(record.getString("time")),
                    event.getString("name"),
                    event.getString("outcome"),
                    audit.getString("boot_id"),
                    connection(record),
                    audit.getJsonNumber("sequence").longValueExact());
            // no name of an event has an escape, and years have four digits: what is otherwise is no record
            return Optional.of(parsed)
                    .filter(each -> line.contains("\"name\":\"" + each.name() + '"'))
                    .filter(each -> each.time().length() == AsciiTime.LENGTH);
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | IllegalStateException
                | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String time(String text) {
        return Rfc3339.micros(MICROS.parse(text, Instant::from));
    }

    /** Of any other form none was given out. */
    private static @Nullable String connection(JsonObject record) {
        String id = text(record, "mtls", "connection", "id");
        return id != null && id.matches("[0-9a-z-]*") ? id : null;
    }

    private static @Nullable String text(JsonObject record, String... path) {
        JsonValue value = record;
        for (String name : path) {
            value = value == null ? null : value.asJsonObject().get(name);
        }
        return value == null ? null : ((JsonString) value).getString();
    }
}
