package io.certrail.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.certrail.event.NamedValue;
import io.certrail.event.Outcome;
import io.certrail.event.PostedEvent.Posted;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewEventTest {
    private final Jsonb jsonb = new JsonMapping().getContext(NewEvent.class);

    @Test
    void eventIsReadFromJson() {
        Posted posted = jsonb.fromJson(
                        """
                {"action":"transfer","resource":"account/7","outcome":"failure","message":"no funds",
                 "time":"2026-03-01T12:00:00.25+01:00","attributes":{"b":"2","a":"1"}}""",
                        NewEvent.class)
                .posted();
        assertThat(posted.action()).isEqualTo("transfer");
        assertThat(posted.resource()).isEqualTo("account/7");
        assertThat(posted.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(posted.message()).isEqualTo("no funds");
        assertThat(posted.time()).isEqualTo(Instant.parse("2026-03-01T11:00:00.25Z"));
        assertThat(posted.attributes()).containsExactly(new NamedValue("a", "1"), new NamedValue("b", "2"));
    }

    @Test
    void outcomeIsSuccessUnlessTold() {
        Posted posted = jsonb.fromJson("{\"action\":\"login\"}", NewEvent.class).posted();
        assertThat(posted.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(posted.attributes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"action\":{}}",
                "{\"action\":\"a\",\"severity\":\"high\"}",
                "{\"action\":\"a\",\"attributes\":{\"a\":{\"b\":1}}}"
            })
    void whatIsNoEventIsRefused(String json) {
        assertThatThrownBy(() -> jsonb.fromJson(json, NewEvent.class)).isInstanceOf(JsonbException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-03-01t12:00:00.123456789z",
                "2024-02-29T00:00:00-12:00",
                "9999-12-31T23:59:59.999999999Z",
                "0000-01-01T00:00:00Z"
            })
    void timesAreThoseOfRfc3339(String time) {
        assertThat(Timestamp.Rfc3339Validator.isTime(time)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01",
                "2026-03-01T12:00:00",
                "2025-02-29T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "0000-01-01T00:00:00+18:00",
                "2026-03-01T25:00:00Z",
                "2026-03-01 12:00:00Z",
                "now",
                ""
            })
    void whatIsNoTimeIsRefused(String time) {
        assertThat(Timestamp.Rfc3339Validator.isTime(time)).isFalse();
    }
}
