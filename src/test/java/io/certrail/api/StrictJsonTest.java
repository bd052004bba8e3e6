package io.certrail.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"a\"} trailing",
                "{\"action\":\"a\"}{\"action\":\"b\"}",
                "{\"action\":\"a\"}{",
                "{\"action\":1}",
                "{\"action\":true}",
                "{\"action\":[\"a\"]}",
                "{\"action\":\"a\",\"action\":\"b\"}",
                "{\"action\":\"a\",\"attributes\":[]}",
                "{\"action\":\"a\",\"attributes\":{\"k\":1}}",
                "{\"action\":\"a\",\"attributes\":{\"k\":{\"l\":\"m\"}}}",
                "{\"action\":\"a\",\"attributes\":{\"k\":\"1\",\"k\":\"2\"}}",
                "{\"action\":\"a\\ud800\"}",
                "{\"action\":\"\\udc00a\"}",
                "{\"action\":\"\\ude00\\ud83d\"}",
                "{\"a\\ud800\":null}",
                "{\"action\":\"a\",\"attributes\":{\"k\":\"\\udfff\"}}",
                "{\"action\":\"a\",\"attributes\":{\"\\udfff\":\"v\"}}",
                "{\"action\":",
                " "
            })
    void whatWouldBeAnotherThingOnRecordIsRefused(String body) {
        assertThatThrownBy(() -> StrictJson.check(body.getBytes(UTF_8))).isInstanceOf(JsonException.class);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> StrictJson.check("{\"action\":\"\u00e9\"}".getBytes(ISO_8859_1)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"action\":\"a\"}\n",
                "{\"action\":\"\u00e9\",\"resource\":null,\"attributes\":{\"k\":\"1\",\"l\":null}}",
                "{\"action\":\"a\",\"unknown\":\"b\"}",
                "{\"action\":\"\\ud83d\\ude00\ud83d\ude00\"}",
                "null",
                "[]"
            })
    void restIsForValidation(String body) {
        assertThatCode(() -> StrictJson.check(body.getBytes(UTF_8))).doesNotThrowAnyException();
    }
}
