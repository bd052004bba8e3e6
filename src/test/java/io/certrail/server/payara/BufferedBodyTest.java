package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedBodyTest {
    private static int size(String text, String charset) {
        return BufferedBody.encodedSize(text.toCharArray(), text.length(), charset);
    }

    @Property
    void textHasTheSizeOfItsBytes(@ForAll String text) {
        assertThat(size(text, "utf-8")).isEqualTo(text.getBytes(UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\u00fc\u20ac", "\uD83D\uDE00", "\uD83D", "\uDE00\uD83D"})
    void inEachCharsetThatIsKnown(String text) {
        for (String charset : new String[] {"UTF-8", "utf8", "ISO-8859-1", "latin1", "US-ASCII", "EUC-JP", "UTF-16"}) {
            Charset known = Charset.forName(charset);
            if (known.newEncoder().canEncode(text) || known.equals(UTF_8)) {
                assertThat(size(text, charset)).as(charset).isEqualTo(text.getBytes(known).length);
            }
        }
        assertThat(BufferedBody.encodedSize(text.toCharArray(), text.length(), null))
                .isEqualTo(text.length());
        assertThat(size(text, "no-such-charset")).isEqualTo(-1);
    }
}
