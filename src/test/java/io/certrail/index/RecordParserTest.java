package io.certrail.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.RecordEncoder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordParserTest {
    private final RecordParser parser = new RecordParser();

    private static String line(String rest) {
        return "{\"time\":\"2026-11-23T08:00:00.000001Z\",\"event\":{\"name\":\"x\",\"outcome\":\"success\"}" + rest
                + "}";
    }

    private IndexedRecord parse(String line) {
        return parser.parse(7, 70, line.getBytes(UTF_8));
    }

    @Test
    void whatTheEncoderWritesIsRead() {
        byte[] begun = new RecordEncoder()
                .encode(
                        Happened.request(Happened.connection(4, Happened.certificate(0, 1), "::1"), 9, "id-9", 403),
                        "boot")
                .copy();
        IndexedRecord record = parse(new String(begun, UTF_8) + "7}}");
        assertThat(record.sequence()).isEqualTo(7);
        assertThat(record.time()).isEqualTo(Happened.START.plusSeconds(9));
        assertThat(record.event()).isEqualTo("http.request");
        assertThat(record.failed()).isTrue();
        assertThat(record.reason()).isEqualTo("forbidden");
        assertThat(record.connection()).isEqualTo("boot-4");
        assertThat(record.address()).isEqualTo("::1");
        assertThat(record.request()).isEqualTo("id-9");
        assertThat(record.status()).isEqualTo(403);
        assertThat(record.certificate()).isNotNull().satisfies(certificate -> {
            assertThat(certificate.subject()).isEqualTo(Happened.HOSTILE);
            assertThat(certificate.sha256())
                    .isEqualTo(Happened.certificate(0, 1).sha256());
            assertThat(certificate.verified()).isTrue();
        });
    }

    @Test
    void membersOfOtherObjectsAreNotTakenForThoseOfTheSameName() {
        IndexedRecord record = parse(line(",\"server\":{\"address\":\"10.0.0.1\",\"name\":\"user\"},"
                + "\"app\":{\"attributes\":{\"outcome\":\"failure\",\"time\":\"never\"},\"id\":\"9\"},"
                + "\"list\":[{\"user\":{\"name\":\"nobody\"}}],\"client\":{\"address\":\"10.9.9.9\"}"));
        assertThat(record.address()).isEqualTo("10.9.9.9");
        assertThat(record.outcome()).isEqualTo("success");
        assertThat(record.time()).isEqualTo(Instant.parse("2026-11-23T08:00:00.000001Z"));
        assertThat(record.user()).isNull();
        assertThat(record.request()).isNull();
    }

    @Test
    void nothingStaysOfTheRecordBefore() {
        parse(
                line(
                        ",\"user\":{\"name\":\"alice\"},\"tls\":{\"client\":{\"hash\":{\"sha256\":\"aa\"},\"verified\":true}}"));
        IndexedRecord second = parse(line(""));
        assertThat(second.user()).isNull();
        assertThat(second.certificate()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"time\":\"yesterday\",\"event\":{\"name\":\"x\",\"outcome\":\"y\"}}",
                "{\"time\":\"2026-11-23T08:00:00Z\"}",
                "{\"time\":\"2026-11-23T08:00:00Z\",\"event\":{\"name\":\"x\"",
                "{\"time\":\"2026-11-23T08:00:00Z\",\"event\":{\"name\":\"x\",\"outcome\":\"y\"},"
                        + "\"http\":{\"response\":{\"status_code\":99999999999}}}"
            })
    void whatIsNoRecordIsSaidToBeNone(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sequence 7");
    }

    /** Whoever can write the trail's folder may write what the JSON parser, Lucene or PostgreSQL would fail of, again and again. */
    @ParameterizedTest
    @MethodSource("beyondLimits")
    void whatIsBeyondTheLimitsOfThoseThatReadItIsNoRecord(String line) {
        assertThat(parser.isRecord(line.getBytes(UTF_8))).isFalse();
    }

    static List<String> beyondLimits() {
        String late = "+1000000000-12-31T23:59:59.999999999Z";
        return List.of(
                line(",\"n\":" + "[".repeat(1100) + "]".repeat(1100)),
                "{\"time\":\"" + late + "\",\"event\":{\"name\":\"x\",\"outcome\":\"y\"}}",
                "{\"time\":\"-0001-01-01T00:00:00Z\",\"event\":{\"name\":\"x\",\"outcome\":\"y\"}}",
                line(",\"tls\":{\"client\":{\"hash\":{\"sha256\":\"aa\"},\"not_after\":\"" + late + "\"}}"),
                line(",\"error\":{\"type\":\"" + "x".repeat(40_000) + "\"}"),
                line(",\"mtls\":{\"connection\":{\"id\":\"" + "x".repeat(4000) + "\"}}"),
                line(",\"http\":{\"request\":{\"id\":\"" + "x".repeat(4000) + "\"}}"),
                line(",\"trace_id\":\"" + "x".repeat(4000) + "\""),
                line(",\"tls\":{\"client\":{\"hash\":{\"sha256\":\"" + "a".repeat(4000) + "\"}}}"),
                "{\"time\":\"2026-11-23T08:00:00Z\",\"event\":{\"name\":\"" + "x".repeat(40_000)
                        + "\",\"outcome\":\"y\"}}");
    }

    @Test
    void numbersThatNobodyAsksForMayBeOfAnySize() {
        assertThat(parse(line(",\"n\":1e99999999999,\"m\":" + "9".repeat(2000))).event())
                .isEqualTo("x");
    }
}
