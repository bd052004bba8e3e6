package io.certrail.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.certrail.index.RecordPage.Found;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecordsResourceTest {
    private static final String RECORD =
            "{\"time\":\"2026-01-01T00:00:00Z\",\"event\":{\"name\":\"x\",\"outcome\":\"success\"},\"audit\":{\"sequence\":7}}";

    @Test
    void recordIsToldAsItStandsBesideItsLine() throws IOException {
        JsonNode told = told(RECORD);
        assertThat(told.get("record")).isEqualTo(new ObjectMapper().readTree(RECORD));
        assertThat(told.get("line").textValue()).isEqualTo(RECORD);
    }

    @Test
    void lineThatWasChangedIntoNoRecordIsToldAsText() throws IOException {
        String changed = RECORD.replace("\"outcome\":", "\"out\u0001");
        JsonNode told = told(changed);
        assertThat(told.get("record").isNull()).isTrue();
        assertThat(told.get("line").textValue()).isEqualTo(changed);
        assertThat(told.get("leaf_hash").textValue())
                .isNotEqualTo(told(RECORD).get("leaf_hash").textValue());
    }

    private static JsonNode told(String line) throws IOException {
        Found found = new Found("test", 7, line.getBytes(UTF_8));
        return new ObjectMapper().readTree(RecordsResource.json(found, Optional.empty()));
    }
}
