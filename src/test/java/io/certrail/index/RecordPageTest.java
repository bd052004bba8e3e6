package io.certrail.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.index.RecordPage.Found;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordPageTest {
    private static final String RECORD =
            "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":{\"name\":\"x\",\"outcome\":\"success\"},\"audit\":{\"sequence\":7}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":{\"name\":\"x\",outcome,\"audit\":{\"sequence\":7}}",
                "{\"time\":\"yesterday\",\"event\":{\"name\":\"x\",\"outcome\":\"success\"},\"audit\":{\"sequence\":7}}",
                "{\"audit\":{\"sequence\":7}}",
                "{\"a\":1}}",
                "{",
                ""
            })
    void lineThatIsNoRecordAnyMoreCountsAsUnreadable(String line) {
        RecordPage page = new RecordPage(List.of(found(6, RECORD), found(7, line), found(8, RECORD)), "next", 1);
        RecordPage readable = page.readable();
        assertThat(readable.records()).extracting(Found::sequence).containsExactly(6L, 8L);
        assertThat(readable.unreadable()).isEqualTo(2);
        assertThat(readable.next()).isEqualTo("next");
        assertThat(page.records()).extracting(Found::isRecord).containsExactly(true, false, true);
    }

    private static Found found(long sequence, String line) {
        return new Found("test", sequence, line.getBytes(UTF_8));
    }
}
