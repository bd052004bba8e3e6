package io.certrail.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class LineTest {
    @Property
    void everyNumberIsReadBack(@ForAll @LongRange(min = 0) long sequence) {
        String line = "{\"a\":{\"b\":1,\"sequence\":" + new String(Line.ending(sequence), UTF_8).strip();
        assertThat(sequence(line)).isEqualTo(sequence);
    }

    @Property
    void newlineAnywhereIsFound(
            @ForAll @AlphaChars @StringLength(max = 40) String text, @ForAll @IntRange(max = 39) int at) {
        String with = new StringBuilder(text)
                .insert(Math.min(at, text.length()), '\n')
                .toString();
        assertThat(isAppendable("{" + text + ",\"sequence\":")).isTrue();
        assertThat(isAppendable("{" + with + ",\"sequence\":")).isFalse();
        assertThat(isAppendable("{" + with.replace('\n', '\u000b') + ",\"sequence\":"))
                .isTrue();
        assertThat(isAppendable("{\u008a\u00e9" + text + ",\"sequence\":")).isTrue();
    }

    @Test
    void whatIsNoLineHasNoSequence() {
        for (String no : new String[] {
            "",
            "}}",
            "{}}",
            "{,\"sequence\":}}",
            "{,\"sequence\":01}}",
            "{,\"sequence\":-1}}",
            "{,\"sequence\":9999999999999999999}}",
            "{,\"sequence\":10000000000000000000}}",
            "{\"sequence\":1}}",
            ",\"sequence\":1}}",
            "{,\"sequence\":1}",
            "{,\"sequence\":1}}x",
            "{,\"sequence\":1 }}"
        }) {
            assertThat(sequence(no)).as(no).isEqualTo(-1);
        }
        assertThat(sequence("{,\"sequence\":0}}")).isZero();
        assertThat(sequence("{,\"sequence\":9223372036854775807}}")).isEqualTo(Long.MAX_VALUE);
    }

    private static long sequence(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return Line.sequence(bytes, 0, bytes.length);
    }

    private static boolean isAppendable(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return Line.isAppendable(bytes, bytes.length);
    }
}
