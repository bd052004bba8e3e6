package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.BrokenHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PendingHeadTest {
    private final PendingHead head = new PendingHead();

    private void comes(String text) {
        head.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void keepsWhatCameInPieces() {
        comes("GET / HT");
        comes("TP/1.1\r\nHost: a\r\n\r\nbody");

        assertThat(new String(head.bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n\r\nbody");
        assertThat(head.headBytes()).isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n\r\n".length());
    }

    @Test
    void countsBeyondWhatItKeeps() {
        comes("GET /");
        for (int i = 0; i < 20; i++) {
            comes("x".repeat(10_000));
        }

        assertThat(head.bytes()).hasSize(BrokenHead.MAX_BYTES);
        assertThat(head.headBytes()).isEqualTo(200_005);
    }

    @Test
    void emptyLinesBeginNoHead() {
        comes("\r\n\r\n");
        assertThat(head.hasBegun()).isFalse();

        comes("G");
        assertThat(head.hasBegun()).isTrue();
    }

    @Test
    void knowsThePrefaceOfHttp2() {
        comes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r");
        assertThat(head.isPreface()).isFalse();

        comes("\nabc");
        assertThat(head.isPreface()).isTrue();
        assertThat(head.afterPreface().remaining()).isEqualTo(3);
    }

    @Test
    void statusLineOfTheParserIsToldFromThatOfAnExchange() {
        ByteBuffer parsers = StandardCharsets.US_ASCII.encode(
                "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        ByteBuffer exchanges = StandardCharsets.US_ASCII.encode("HTTP/1.1 400 Bad Request\r\nDate: today\r\n\r\n");

        assertThat(StatusLine.read(parsers)).isEqualTo(new StatusLine(400, true));
        assertThat(StatusLine.read(exchanges)).isEqualTo(new StatusLine(400, false));
        assertThat(StatusLine.read(StandardCharsets.US_ASCII.encode("not an answer")))
                .isNull();
        assertThat(StatusLine.read(StandardCharsets.US_ASCII.encode("HTTP/1.1")))
                .isNull();
        assertThat(new StatusLine(100, false).isInterim()).isTrue();
        assertThat(new StatusLine(101, false).isInterim()).isFalse();
    }
}
