package io.certrail.server.wildfly;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.server.http2.FrameScanner;
import io.certrail.server.http2.OpenedStreams;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static final int DATA = 0;
    private static final int PROTOCOL_ERROR = 1;
    private static final int END_HEADERS = 4;

    private final List<String> heard = new ArrayList<>();
    private final Streams.Listener listener = new Streams.Listener() {
        @Override
        public void resetByClient(int stream) {
            heard.add("reset " + stream);
        }

        @Override
        public void goodbye() {
            heard.add("goodbye");
        }

        @Override
        public void refused(Fault fault, long sinceNanos) {
            heard.add("refused " + fault.message());
        }

        @Override
        public void answered(int status, long sinceNanos) {
            heard.add("answered " + status);
        }

        @Override
        public void ending(Fault fault) {
            heard.add("ending " + fault.message());
        }

        @Override
        public void broken(int stream, Fault fault) {
            heard.add("broken " + stream + " " + fault.message());
        }
    };
    private Streams streams = new Streams(listener, false);

    private static byte[] frame(int type, int stream, byte... payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .put((byte) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) (type == FrameScanner.HEADERS ? END_HEADERS : 0))
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A header block of so many bytes in which nothing is wrong. */
    private static byte[] request(int length) {
        byte[] block = new byte[length];
        Arrays.fill(block, (byte) 'a');
        int value = length - 9;
        byte[] begin = {
            (byte) 0x82,
            (byte) 0x84,
            (byte) 0x87,
            0,
            1,
            'a',
            0x7F,
            (byte) (value - 0x7F | 0x80),
            (byte) (value - 0x7F >> 7)
        };
        System.arraycopy(begin, 0, block, 0, begin.length);
        return block;
    }

    private static byte[] number(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    /** What every client begins with. */
    @BeforeEach
    void settings() {
        received(frame(FrameScanner.SETTINGS, 0));
    }

    private List<OpenedStreams.Waiting> abandoned() {
        List<OpenedStreams.Waiting> left = new ArrayList<>();
        streams.opened().abandon((stream, begun) -> left.add(begun));
        return left;
    }

    private void received(byte[] bytes) {
        streams.received(ByteBuffer.wrap(bytes));
    }

    private void sent(byte[] bytes) {
        streams.sent(ByteBuffer.wrap(bytes));
    }

    /** RFC 7540 section 3.2: the server answers the request that asked for it on stream 1, at once. */
    @Test
    void statusFromTheDynamicTableIsNotTakenForTheOneThatWasSeenAfterAnUpgrade() {
        streams = new Streams(listener, true);
        settings();
        for (int stream = 3; stream <= 5; stream += 2) {
            received(frame(FrameScanner.HEADERS, stream, (byte) 0x82));
        }
        sent(frame(FrameScanner.HEADERS, 3, (byte) 0x48, (byte) 3, (byte) '4', (byte) '0', (byte) '5'));
        sent(frame(FrameScanner.HEADERS, 5, (byte) 0xBE));

        assertThat(heard).containsExactly("answered 405", "answered -1");
    }

    @Test
    void streamThatBecomesAnExchangeIsNotAbandoned() {
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));

        assertThat(streams.opened().begin(1).reset()).isFalse();
        assertThat(abandoned()).isEmpty();
    }

    @Test
    void streamThatNeverDoesIsAbandonedOnce() {
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));

        assertThat(abandoned()).hasSize(1);
        assertThat(abandoned()).isEmpty();
    }

    @Test
    void headerThatBreaksOffIsAbandonedOnce() {
        byte[] header = frame(FrameScanner.HEADERS, 1, (byte) 0x82, (byte) 0x84);
        received(Arrays.copyOf(header, 8));
        assertThat(streams.opened().hasWaiting()).isFalse();
        received(Arrays.copyOfRange(header, 8, 9));
        assertThat(streams.opened().hasWaiting()).isTrue();
        received(Arrays.copyOfRange(header, 9, 10));

        assertThat(abandoned()).hasSize(1);
        assertThat(abandoned()).isEmpty();
    }

    @Test
    void headerThatComesInPiecesIsOneStream() {
        for (byte each : frame(FrameScanner.HEADERS, 1, (byte) 0x82, (byte) 0x84)) {
            received(new byte[] {each});
        }
        streams.opened().begin(1);

        assertThat(abandoned()).isEmpty();
    }

    /** RFC 9113 section 6.10: nothing may come there but CONTINUATION. */
    @Test
    void resetInTheMiddleOfAHeaderBlockIsNone() {
        byte[] header = frame(FrameScanner.HEADERS, 1, (byte) 0x82);
        header[4] = 0; // its block goes on
        received(header);
        received(frame(FrameScanner.RST_STREAM, 1, number(8)));

        assertThat(abandoned()).singleElement().matches(begun -> !begun.reset());
    }

    /** Undertow says nothing where a percent sign encodes nothing, or where fields are too many. */
    @Test
    void headerBlockAtWhichTheServerEndsTheConnectionWithoutAWordIsLookedAt() {
        received(frame(FrameScanner.HEADERS, 1, HexFormat.of().parseHex("8287040c2f253a7a6162636465666768")));
        assertThat(Objects.requireNonNull(streams.unsaid(1)).message()).endsWith("illegal characters in :path");
        assertThat(streams.unsaid(3)).isNull();

        received(frame(FrameScanner.HEADERS, 3, HexFormat.of().parseHex("828487" + "5803616263".repeat(300))));
        assertThat(streams.unsaid(3))
                .isEqualTo(Fault.of(Reason.HEADER_TOO_LARGE, "the request's header is too large: 303 fields"));
    }

    @Test
    void serversEndOfTheConnectionIsToldWhenItSaysSo() {
        received(frame(FrameScanner.PING, 1, new byte[8]));
        sent(frame(FrameScanner.GOAWAY, 0, number(0, PROTOCOL_ERROR)));
        sent(frame(FrameScanner.GOAWAY, 0, number(0, PROTOCOL_ERROR)));

        assertThat(heard)
                .containsExactly("ending HTTP/2 protocol error (PROTOCOL_ERROR): PING on stream 1 instead of 0");
    }

    @Test
    void resetBeforeTheExchangeIsKeptForIt() {
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));
        received(frame(FrameScanner.RST_STREAM, 1, number(8)));

        assertThat(heard).isEmpty();
        assertThat(streams.opened().begin(1).reset()).isTrue();
    }

    @Test
    void resetOfAnExchangeIsTold() {
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));
        streams.opened().begin(1);
        received(frame(FrameScanner.RST_STREAM, 1, number(8)));

        assertThat(heard).containsExactly("reset 1");
    }

    @Test
    void serversResetOfAStreamThatIsNoExchangeIsARefusal() {
        received(frame(FrameScanner.HEADERS, 3, (byte) 0x82));
        sent(frame(FrameScanner.RST_STREAM, 3, number(PROTOCOL_ERROR)));

        assertThat(heard).containsExactly("refused invalid request line: bad pseudo-header of HTTP/2: missing :scheme");
        assertThat(abandoned()).isEmpty();
    }

    /** Section 10.5.1: it may end the connection over it, or the stream, and says how much it takes. */
    @Test
    void headerBlockThatTheServerSaysToBeLongerThanItTakesIsTooLarge() {
        sent(frame(
                FrameScanner.SETTINGS,
                0,
                (byte) 0,
                (byte) 3,
                (byte) 0,
                (byte) 0,
                (byte) 0,
                (byte) 9,
                (byte) 0,
                (byte) 6,
                (byte) 0,
                (byte) 0,
                (byte) 0x08,
                (byte) 0));
        received(frame(FrameScanner.HEADERS, 1, request(2048)));
        sent(frame(FrameScanner.RST_STREAM, 1, number(PROTOCOL_ERROR)));
        received(frame(FrameScanner.HEADERS, 3, request(2049)));
        sent(frame(FrameScanner.RST_STREAM, 3, number(PROTOCOL_ERROR)));
        received(frame(FrameScanner.HEADERS, 5, request(4000)));
        streams.opened().begin(5);
        sent(frame(FrameScanner.GOAWAY, 0, number(5, PROTOCOL_ERROR)));

        assertThat(heard)
                .containsExactly(
                        "refused malformed header or pseudo-header of HTTP/2 (PROTOCOL_ERROR): a header block of 2048 bytes,"
                                + " which may also be too large once it is decompressed",
                        "refused the request's header is too large: a header block of 2049 bytes, where the server takes 2048",
                        "ending the request's header is too large: a header block of 4000 bytes, where the server takes 2048");
        assertThat(streams.goAway())
                .isEqualTo(
                        Fault.of(
                                Reason.HEADER_TOO_LARGE,
                                "the request's header is too large: a header block of 4000 bytes, where the server takes 2048"));
    }

    /** Undertow ends the connection for some header blocks, whatever follows them in the same read. */
    @Test
    void headerBlockIsWhatIsWrongThoughItsContentIsThere() {
        received(frame(FrameScanner.HEADERS, 1, HexFormat.of().parseHex("8384870f0d022d31"))); // content-length: -1
        received(frame(DATA, 1, (byte) 0));
        sent(frame(FrameScanner.GOAWAY, 0, number(0, PROTOCOL_ERROR)));

        assertThat(streams.goAway())
                .isEqualTo(Fault.of(Reason.AMBIGUOUS_LENGTH, "Content-Length is not a number, or out of range"));
    }

    @Test
    void dataIsNoHeaderBlock() {
        received(frame(FrameScanner.HEADERS, 1, new byte[3000]));
        streams.opened().begin(1);
        received(frame(DATA, 1, (byte) 0));
        sent(frame(FrameScanner.RST_STREAM, 1, number(PROTOCOL_ERROR)));
        sent(frame(FrameScanner.GOAWAY, 0, number(1, PROTOCOL_ERROR)));

        assertThat(heard)
                .containsExactly(
                        "broken 1 HTTP/2 protocol error (PROTOCOL_ERROR): malformed or unexpected frame",
                        "ending HTTP/2 protocol error (PROTOCOL_ERROR): malformed or unexpected frame");
        assertThat(streams.goAway().type()).isEqualTo(Reason.BAD_FRAME.id());
    }

    /** What Undertow resets comes before the header, in the same read, and is no header: that becomes an exchange. */
    @Test
    void resetForAPriorityRefusesNoHeader() {
        byte[] priority = frame(FrameScanner.PRIORITY, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0);
        byte[] header = frame(FrameScanner.HEADERS, 1, (byte) 0x82, (byte) 0x84, (byte) 0x87);
        byte[] both = Arrays.copyOf(priority, priority.length + header.length);
        System.arraycopy(header, 0, both, priority.length, header.length);
        received(both);
        sent(frame(FrameScanner.RST_STREAM, 1, number(PROTOCOL_ERROR)));

        assertThat(heard)
                .containsExactly(
                        "broken 1 HTTP/2 protocol error (PROTOCOL_ERROR): PRIORITY that makes stream 1 depend on itself");
        assertThat(abandoned()).hasSize(1);
    }

    @Test
    void serversAnswerToAStreamThatIsNoExchangeIsARefusal() {
        received(frame(FrameScanner.HEADERS, 3, (byte) 0x82));
        sent(frame(FrameScanner.HEADERS, 3, (byte) 0x8c));
        received(frame(FrameScanner.HEADERS, 5, (byte) 0x82));
        sent(frame(FrameScanner.HEADERS, 5, (byte) 0x48, (byte) 3, (byte) '4', (byte) '0', (byte) '5'));

        assertThat(heard).containsExactly("answered 400", "answered 405");
    }

    @Test
    void trailersBeginNoStream() {
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));
        streams.opened().begin(1);
        received(frame(FrameScanner.HEADERS, 1, (byte) 0x82));

        assertThat(abandoned()).isEmpty();
    }

    @Test
    void goAwayOfTheClientIsHeardAndIsNoneOfTheServers() {
        received(frame(FrameScanner.GOAWAY, 0, number(1, PROTOCOL_ERROR)));

        assertThat(heard).containsExactly("goodbye");
        assertThat(streams.goAway()).isNull();
    }

    @Test
    void goAwayWithoutAnErrorIsNoFault() {
        sent(frame(FrameScanner.GOAWAY, 0, number(1, 0)));
        assertThat(streams.goAway()).isNull();

        sent(frame(FrameScanner.GOAWAY, 0, number(1, PROTOCOL_ERROR)));
        assertThat(Objects.requireNonNull(streams.goAway()).message()).contains("(PROTOCOL_ERROR)");
    }

    @Test
    void framesMayComeByteByByte() {
        ByteBuffer all = ByteBuffer.allocate(200);
        all.put(frame(DATA, 1, new byte[40]));
        all.put(frame(FrameScanner.HEADERS, 5, new byte[20]));
        all.put(frame(4, 0));
        all.put(frame(FrameScanner.HEADERS, 7));
        all.flip();
        while (all.hasRemaining()) {
            streams.received(ByteBuffer.wrap(new byte[] {all.get()}));
        }

        assertThat(abandoned()).hasSize(2);
    }

    @Test
    void moreStreamsThanAnyServerTakesAreNotKept() {
        for (int stream = 1; stream < 4 * OpenedStreams.MOST; stream += 2) {
            received(frame(FrameScanner.HEADERS, stream));
        }

        assertThat(abandoned()).hasSize(OpenedStreams.MOST);
    }

    @Test
    void streamThatTheServerResetsForWhatTheClientSentIsBrokenUnlessItWasRefused() {
        received(frame(FrameScanner.HEADERS, 1));
        streams.opened().begin(1);
        received(frame(FrameScanner.HEADERS, 3));

        sent(frame(FrameScanner.RST_STREAM, 1, number(PROTOCOL_ERROR)));
        sent(frame(FrameScanner.RST_STREAM, 3, number(PROTOCOL_ERROR)));
        sent(frame(FrameScanner.RST_STREAM, 3, number(PROTOCOL_ERROR)));
        sent(frame(FrameScanner.RST_STREAM, 5, number(PROTOCOL_ERROR)));

        assertThat(heard)
                .containsExactly(
                        "broken 1 HTTP/2 protocol error (PROTOCOL_ERROR): malformed or unexpected frame",
                        "refused invalid request line: bad pseudo-header of HTTP/2: missing :method",
                        "broken 5 HTTP/2 protocol error (PROTOCOL_ERROR): malformed or unexpected frame");
    }

    @Test
    void streamThatTheServerResetsForItsOwnReasonsIsNotBroken() {
        for (int code : new int[] {0, 2, 5, 7, 8}) { // none, internal, closed, refused, cancelled
            sent(frame(FrameScanner.RST_STREAM, 1, number(code)));
        }

        assertThat(heard).isEmpty();
    }
}
