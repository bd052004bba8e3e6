package io.certrail.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames are written as RFC 9113 section 4.1 has them: length, type, flags, stream, payload. */
class FrameRulesTest {
    private static final String SETTINGS = "000000 04 00 00000000";
    /** The begin of a request with a body, on stream 1, and a whole request without one. */
    private static final String UPLOAD = "000003 01 04 00000001 838487";

    private static final String REQUEST = "000003 01 05 00000001 828487";

    private final List<String> heard = new ArrayList<>();
    private final FrameRules rules = new FrameRules(frame -> heard.add(frame.name() + " " + frame.stream()));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void received(String... frames) {
        rules.received(ByteBuffer.wrap(bytes(String.join("", frames))));
    }

    @ParameterizedTest
    @CsvSource({
        "000001 00 00 00000000 00, DATA on stream 0",
        "000001 00 00 00000003 00, 'DATA on stream 3, which was never opened'",
        "000001 00 00 00000002 00, 'DATA on stream 2, which was never opened'",
        "000001 00 08 00000001 01, DATA with a padding that is longer than the frame",
        "000000 00 08 00000001, DATA with a padding that is longer than the frame",
        "000000 00 01 00000001 000001 00 00 00000001 00, 'DATA on stream 1, which is closed'",
        "000004 03 00 00000001 00000008 000001 00 00 00000001 00, 'DATA on stream 1, which is closed'",
        "000003 01 05 00000003 828487 000003 01 05 00000003 828487, 'HEADERS on stream 3, which is closed'",
        "000003 01 05 00000005 828487 000003 01 05 00000003 828487, 'HEADERS on stream 3, which is closed'",
        "000003 01 04 00000001 838487, second HEADERS on stream 1 without its end",
        "000003 01 05 00000000 828487, HEADERS on stream 0",
        "000003 01 05 00000002 828487, 'HEADERS on stream 2, where a client''s are odd'",
        "000002 01 25 00000003 0000, HEADERS of 2 bytes instead of 5 or more",
        "000004 01 0d 00000003 04828487, HEADERS with a padding that is longer than the frame",
        "000008 01 25 00000003 0000000310828487, HEADERS that makes stream 3 depend on itself",
        "000009 01 2d 00000003 000000000310828487, HEADERS that makes stream 3 depend on itself",
        "000005 02 00 00000000 0000000010, PRIORITY on stream 0",
        "000005 02 00 00000003 8000000310, PRIORITY that makes stream 3 depend on itself",
        "000004 02 00 00000003 00000000, PRIORITY of 4 bytes instead of 5",
        "000004 03 00 00000000 00000008, RST_STREAM on stream 0",
        "000004 03 00 00000003 00000008, 'RST_STREAM on stream 3, which was never opened'",
        "000003 03 00 00000001 000008, RST_STREAM of 3 bytes instead of 4",
        "000000 04 00 00000001, SETTINGS on stream 1 instead of 0",
        "000006 04 01 00000000 000300000064, acknowledgement of SETTINGS of 6 bytes instead of none",
        "000003 04 00 00000000 000300, SETTINGS of 3 bytes instead of a multiple of 6",
        "00000c 04 00 00000000 000300000064000200000002, SETTINGS with ENABLE_PUSH=2",
        "000006 04 00 00000000 000480000000, SETTINGS with INITIAL_WINDOW_SIZE=2147483648",
        "000006 04 00 00000000 000500003fff, SETTINGS with MAX_FRAME_SIZE=16383",
        "000006 04 00 00000000 000501000000, SETTINGS with MAX_FRAME_SIZE=16777216",
        "000004 05 04 00000001 00000002, PUSH_PROMISE from a client",
        "000008 06 00 00000001 0000000000000000, PING on stream 1 instead of 0",
        "000006 06 00 00000000 000000000000, PING of 6 bytes instead of 8",
        "000008 07 00 00000001 0000000000000000, GOAWAY on stream 1 instead of 0",
        "000004 07 00 00000000 00000000, GOAWAY of 4 bytes instead of 8 or more",
        "000004 08 00 00000000 00000000, WINDOW_UPDATE on stream 0 by 0 bytes",
        "000004 08 00 00000003 00000001, 'WINDOW_UPDATE on stream 3, which was never opened'",
        "000003 08 00 00000001 000000, WINDOW_UPDATE of 3 bytes instead of 4",
        "000001 09 04 00000001 00, CONTINUATION of no header block",
        "000001 01 01 00000003 82 000000 04 00 00000000, "
                + "SETTINGS on stream 0 in the middle of the header block of stream 3",
        "000001 01 01 00000003 82 000001 09 04 00000005 84, "
                + "CONTINUATION on stream 5 in the middle of the header block of stream 3"
    })
    void brokenRuleIsTold(String frames, String words) {
        received(SETTINGS, UPLOAD);
        received(frames);

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isEqualTo(words);
    }

    @Test
    void connectionBeginsWithSettings() {
        received(REQUEST);

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isEqualTo("HEADERS instead of SETTINGS as the first frame");
    }

    @Test
    void whatIsAllowedBreaksNothing() {
        received(
                "00000c 04 00 00000000 000200000001 000500ffffff",
                "000000 04 01 00000000",
                "000001 01 00 00000001 83",
                "000002 09 04 00000001 8487",
                "000005 02 00 00000007 0000000010",
                "000003 00 08 00000001 010000",
                "000004 08 00 00000001 00000001",
                "000004 08 00 00000000 7fffffff",
                "000000 01 05 00000001",
                "000002 f7 ff 0000000a 0000",
                "000004 03 00 00000001 00000008",
                "000008 06 01 00000000 0000000000000000");

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isNull();
        assertThat(heard)
                .containsExactly(
                        "SETTINGS 0",
                        "SETTINGS 0",
                        "HEADERS 1",
                        "CONTINUATION 1",
                        "PRIORITY 7",
                        "DATA 1",
                        "WINDOW_UPDATE 1",
                        "WINDOW_UPDATE 0",
                        "HEADERS 1",
                        "unknown (247) 10",
                        "RST_STREAM 1",
                        "PING 0");
    }

    @Test
    void firstOfSeveralIsTold() {
        received(SETTINGS, "000000 04 00 00000001", "000004 05 04 00000001 00000002");

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isEqualTo("SETTINGS on stream 1 instead of 0");
    }

    @Test
    void whatTheServerDidNotMindIsForgotten() {
        received(SETTINGS, "000005 02 00 00000003 8000000310");
        received(REQUEST);

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isNull();
    }

    @Test
    void frameThatComesByteByByteIsStillTheSame() {
        received(SETTINGS);
        for (byte each : bytes("000006 04 00 00000000 000200000002")) {
            rules.received(ByteBuffer.wrap(new byte[] {each}));
        }

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isEqualTo("SETTINGS with ENABLE_PUSH=2");
    }

    @Test
    void streamThatIsResetWasBrokenByAFrameOfItsOwn() {
        received(SETTINGS, UPLOAD, "000004 08 00 00000001 00000000");

        assertThat(rules.broken(1, "PROTOCOL_ERROR")).isEqualTo("WINDOW_UPDATE on stream 1 by 0 bytes");
        assertThat(rules.broken(3, "PROTOCOL_ERROR")).isNull();
    }

    @Test
    void errorTellsWhatIsWrongWithAFrameThatIsNot() {
        received(SETTINGS, UPLOAD, "000001 00 00 00000001 00"); // the server had ended it
        assertThat(rules.broken(0, "STREAM_CLOSED")).isEqualTo("DATA on stream 1, which is closed");
        assertThat(rules.broken(1, "STREAM_CLOSED")).isEqualTo("DATA on stream 1, which is closed");
        assertThat(rules.broken(3, "STREAM_CLOSED")).isNull();

        received("000004 08 00 00000001 7fffffff");
        assertThat(rules.broken(0, "FLOW_CONTROL_ERROR"))
                .isEqualTo("WINDOW_UPDATE on stream 1 beyond a window of 2^31-1 bytes");

        received("004001 00 00 00000001 00");
        assertThat(rules.broken(0, "FRAME_SIZE_ERROR")).isEqualTo("DATA of 16385 bytes");
        assertThat(rules.broken(0, "")).isEqualTo("DATA of 16385 bytes");
        assertThat(rules.broken(0, "COMPRESSION_ERROR")).isNull();
    }

    @Test
    void headerBlockIsAsLongAsAllItsFrames() {
        received(SETTINGS, "000003 01 01 00000001 828487", "000002 09 00 00000001 8487");
        assertThat(rules.headerBlock(0)).isEqualTo(5);
        assertThat(rules.headerBlock(1)).isEqualTo(5);
        assertThat(rules.headerBlock(3)).isZero();

        received("000100 09 04 00000001 84");
        assertThat(rules.headerBlock(1)).isEqualTo(261);
        received("84".repeat(255), "000008 06 00 00000000 0000000000000000");
        assertThat(rules.headerBlock(0)).isZero();
        assertThat(rules.headerBlock(1)).isEqualTo(261);
        assertThat(rules.headerStream()).isEqualTo(1);

        received("000003 01 05 00000003 828487");
        assertThat(rules.headerBlock(1)).isZero();
        assertThat(rules.headerBlock(0)).isEqualTo(3);
    }

    @Test
    void secondHeaderBlockOfAStreamIsOfItsTrailers() {
        received(SETTINGS, UPLOAD);
        assertThat(rules.isOfTrailers(0)).isFalse();

        received("000001 00 00 00000001 00", "000001 01 01 00000001 00", "000001 09 04 00000001 00");
        assertThat(rules.isOfTrailers(0)).isTrue();
        assertThat(rules.isOfTrailers(1)).isTrue();
        assertThat(rules.isOfTrailers(3)).isFalse();

        received("000003 01 05 00000003 828487");
        assertThat(rules.isOfTrailers(0)).isFalse();
    }

    @Test
    void frameNeedNotBeWholeToBeWrong() {
        received(SETTINGS, "000040 01 08 00000001");
        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isNull();

        received("40");
        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isEqualTo("HEADERS with a padding that is longer than the frame");
    }

    @Test
    void moreOpenStreamsThanAnyServerTakesAreNotFollowed() {
        received(SETTINGS);
        for (int stream = 1; stream < 10_000; stream += 2) {
            received("000000 01 04 %08x".formatted(stream));
        }
        received("000001 00 00 00002001 00");

        assertThat(rules.broken(0, "PROTOCOL_ERROR")).isNull();
    }
}
