package io.certrail.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusFieldTest {
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;

    private final StatusField status = new StatusField();
    private final List<Integer> read = new ArrayList<>();
    private final FrameScanner frames = new FrameScanner(frame -> read.add(status.read(frame)));

    private static ByteBuffer headers(int flags, String payload) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        return ByteBuffer.allocate(9 + bytes.length)
                .put(new byte[] {0, 0, (byte) bytes.length, FrameScanner.HEADERS, (byte) flags})
                .putInt(1)
                .put(bytes)
                .flip();
    }

    private int status(int flags, String payload) {
        frames.scan(headers(flags, payload));
        return read.get(read.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"88, 200", "89, 204", "8a, 206", "8b, 304", "8c, 400", "8d, 404", "8e, 500"})
    void thoseOfTheStaticTable(String field, int expected) {
        assertThat(status(0, field + "5c0130")).isEqualTo(expected);
    }

    /** RFC 7541 appendix C.5.1 and C.6.1 begin with the first and the fourth of these. */
    @ParameterizedTest
    @CsvSource({
        "4803333032, 302",
        "4803343035, 405",
        "1803343035, 405",
        "48826402, 302",
        "08826801, 401",
        "0883680dff, 405"
    })
    void literalsWithTheNameOfTheStaticTable(String field, int expected) {
        assertThat(status(0, field + "5c0130")).isEqualTo(expected);
    }

    /** Each digit, as in appendix B. */
    @ParameterizedTest
    @CsvSource({"48820045, 12", "488365a6ff, 345", "488371d7bf, 678", "48837df7ff, 999", "48820819, 103"})
    void huffmanCodes(String field, int expected) {
        assertThat(status(0, field)).isEqualTo(expected);
    }

    @Test
    void paddingPriorityAndUpdatesOfTheTablesSizeComeFirst() {
        assertThat(status(PADDED, "028d0000")).isEqualTo(404);
        assertThat(status(PRIORITY, "00000003108d")).isEqualTo(404);
        assertThat(status(PADDED | PRIORITY, "0100000003108d00")).isEqualTo(404);
        assertThat(status(0, "203fe11f8d")).isEqualTo(404);
    }

    @Test
    void statusFromTheDynamicTableIsKnownWhileItCanBeOneOnly() {
        assertThat(status(0, "be")).isEqualTo(StatusField.UNKNOWN);
        assertThat(status(0, "4803343035")).isEqualTo(405);
        assertThat(status(0, "be")).isEqualTo(405);
        assertThat(status(0, "c1")).isEqualTo(405);
        assertThat(status(0, "4803343033")).isEqualTo(403);
        assertThat(status(0, "be")).isEqualTo(StatusField.UNKNOWN);
    }

    @Test
    void statusFromTheDynamicTableIsUnknownIfNotAllOfItWasSeen() {
        List<Integer> later = new ArrayList<>();
        StatusField midway = StatusField.midway();
        FrameScanner scanner = new FrameScanner(frame -> later.add(midway.read(frame)));
        scanner.scan(headers(0, "4803343035"));
        scanner.scan(headers(0, "be"));
        scanner.scan(headers(0, "8d"));
        assertThat(later).containsExactly(405, StatusField.UNKNOWN, 404);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "20",
        "48",
        "480334",
        "4803",
        "48033430",
        "480334303a",
        "4804343035",
        "4802343035",
        "4883ffffff",
        "400161",
        "82",
        "a0"
    })
    void whatIsNoStatusIsUnknown(String block) {
        assertThat(status(0, block)).isEqualTo(StatusField.UNKNOWN);
    }
}
