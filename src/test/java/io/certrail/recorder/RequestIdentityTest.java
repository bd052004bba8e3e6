package io.certrail.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.RequestFacts;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdentityTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static RequestFacts identify(Map<String, String> headers) {
        return RequestIdentity.of(new RequestHead() {
            @Override
            public String method() {
                return "GET";
            }

            @Override
            public String path() {
                return "/a";
            }

            @Override
            public String protocolVersion() {
                return "1.1";
            }

            @Override
            public @Nullable String header(String name) {
                return headers.get(name.toLowerCase(Locale.ROOT));
            }
        });
    }

    @Test
    void wellFormedIdOfTheClientIsKept() {
        RequestFacts facts = identify(Map.of("x-request-id", "req-1:a/b=c"));

        assertThat(facts.id()).isEqualTo("req-1:a/b=c");
        assertThat(facts.idSource()).isEqualTo("client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\"b",
                "a'b",
                "a\\b",
                "a\u001b[31m",
                "ä",
                "a\r\nb",
                "a\u0000",
                "a\u202e",
                "\u007f",
                ".",
                "..",
                "..."
            })
    void idThatIsNotWellFormedIsReplaced(String hostile) {
        RequestFacts facts = identify(Map.of("x-request-id", hostile));

        assertThat(facts.idSource()).isEqualTo("server");
        assertThat(UUID.fromString(facts.id()).version()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "a.", "1..2"})
    void idMayHaveDots(String id) {
        assertThat(identify(Map.of("x-request-id", id)).id()).isEqualTo(id);
    }

    @Test
    void idLongerThan128CharactersIsReplaced() {
        assertThat(identify(Map.of("x-request-id", "r".repeat(128))).idSource()).isEqualTo("client");
        assertThat(identify(Map.of("x-request-id", "r".repeat(129))).idSource()).isEqualTo("server");
    }

    @Test
    void idsThatAreMadeSortByTimeAndDiffer() {
        String earlier = UuidV7.of(1_700_000_000_000L);
        String later = UuidV7.of(1_700_000_000_001L);

        assertThat(earlier).isLessThan(later);
        assertThat(UUID.fromString(earlier).variant()).isEqualTo(2);
        assertThat(UuidV7.next()).isNotEqualTo(UuidV7.next());
    }

    @Test
    void validTraceParentIsTaken() {
        RequestFacts facts = identify(Map.of("traceparent", TRACE));

        assertThat(facts.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(facts.spanId()).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void traceParentOfALaterVersionMayGoOn() {
        assertThat(identify(Map.of("traceparent", "cc" + TRACE.substring(2) + "-more"))
                        .traceId())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "nonsense"
            })
    void traceParentThatIsNotValidToTheLetterIsLeftOut(String invalid) {
        RequestFacts facts = identify(Map.of("traceparent", invalid));

        assertThat(facts.traceId()).isNull();
        assertThat(facts.spanId()).isNull();
    }
}
