package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.BrokenHead;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.Test;

class ArrivingHeadTest {
    private final ArrivingHead head = new ArrivingHead();

    /** Grizzly gives the memory to the next read, of another connection maybe. */
    private void comesAndIsOverwritten(String text) {
        byte[] memory = text.getBytes(ISO_8859_1);
        Buffer buffer = Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, memory);
        head.received(buffer, true);
        byte[] others = "GET /others-secret HTTP/1.1\r\nX-Request-Id: others\r\n\r\n"
                .repeat(9)
                .getBytes(ISO_8859_1);
        System.arraycopy(others, 0, memory, 0, memory.length);
    }

    @Test
    void whatIsLeftIsWhatCameAndNotWhatIsInThatMemoryNow() {
        comesAndIsOverwritten("\r\nGET /mine HTTP/1.1\r\nHost: a");

        BrokenHead left = head.left();
        assertThat(left).isNotNull();
        assertThat(left.path()).isEqualTo("/mine");
        assertThat(left.header("X-Request-Id")).isNull();
    }

    @Test
    void emptyLinesBetweenRequestsAreNone() {
        comesAndIsOverwritten("\r\n\r\n");

        assertThat(head.left()).isNull();
    }

    @Test
    void headWithoutItsFirstChunkIsLeftUntilItsRequestComes() {
        BrokenHead whole = BrokenHead.read("POST / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
        head.parsed(true);
        head.awaitsChunk(whole);
        assertThat(head.left()).isSameAs(whole);

        assertThat(head.take()).isTrue();
        assertThat(head.left()).isNull();
    }
}
