package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.Preface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.api.Test;

/** What a client sends comes in pieces, as it or the network likes. */
class ReceivedFramesTest {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    /** How much of it Grizzly parses as a head. */
    private static final int HEAD = 18;
    /** SETTINGS, HEADERS on stream 1, its RST_STREAM. */
    private static final byte[] FRAMES =
            HexFormat.of().parseHex("000000040000000000" + "000003010500000001828487" + "00000403000000000100000008");

    private final List<Integer> reset = new ArrayList<>();
    private final ReceivedFrames frames = new ReceivedFrames(new OpenedStreams.Listener() {
        @Override
        public void resetByClient(int stream) {
            reset.add(stream);
        }

        @Override
        public void goodbye() {
            // none says it
        }
    });

    private static Buffer buffer(byte[] bytes, int from, int to) {
        return Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, Arrays.copyOfRange(bytes, from, to));
    }

    /** As Grizzly shows what comes in two reads: all of it again, as long as the head was not whole. */
    private void comes(byte[] bytes, int split) {
        frames.received(buffer(bytes, 0, split), true);
        boolean again = split < HEAD;
        frames.received(buffer(bytes, again ? 0 : split, bytes.length), again);
    }

    private static byte[] all() {
        byte[] all = Arrays.copyOf(PREFACE, PREFACE.length + FRAMES.length);
        System.arraycopy(FRAMES, 0, all, PREFACE.length, FRAMES.length);
        return all;
    }

    @Test
    void prefaceInTwoPiecesIsOneWhereverItIsSplit() {
        byte[] all = all();
        for (int split = 1; split < all.length; split++) {
            ReceivedFramesTest each = new ReceivedFramesTest();
            each.comes(all, split);
            OpenedStreams streams = each.frames.streams();
            assertThat(streams).as("split after %s", split).isNotNull();
            assertThat(streams.begin(1).reset()).as("split after %s", split).isTrue();
        }
    }

    @Test
    void streamThatIsResetLaterIsHeardOf() {
        byte[] all = all();
        comes(Arrays.copyOf(all, all.length - 13), Preface.LENGTH - 1);
        frames.streams().begin(1);
        frames.received(buffer(all, all.length - 13, all.length), false);
        assertThat(reset).containsExactly(1);
    }

    @Test
    void whatBeginsAsAPrefaceAndIsNoneIsNotFollowed() {
        byte[] post = "POST / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);
        frames.received(buffer(post, 0, 1), true);
        frames.received(buffer(post, 0, post.length), true);
        frames.received(buffer(all(), 0, all().length), false);
        assertThat(frames.streams()).isNull();
        assertThat(frames.isInPreface()).isFalse();
        assertThat(frames.broken()).isEqualTo("something else than the connection preface");
    }

    @Test
    void prefaceIsOnItsWayFromItsFirstByteToItsLastButOne() {
        assertThat(frames.isInPreface()).isFalse();
        for (int length = 1; length < HEAD; length++) {
            frames.received(buffer(PREFACE, 0, length), true);
            assertThat(frames.isInPreface()).as("%s bytes", length).isTrue();
        }
        frames.received(buffer(PREFACE, 0, PREFACE.length), true);
        assertThat(frames.isInPreface()).isFalse();
        assertThat(frames.broken()).isNull();
    }
}
