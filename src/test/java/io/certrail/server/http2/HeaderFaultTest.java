package io.certrail.server.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.server.http2.HeaderFault.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderFaultTest {
    private static final String SETTINGS = "000000040000000000";
    /** GET, /, https by their indexes. */
    private static final String GET = "828487";

    private final FrameRules rules = new FrameRules(frame -> {});

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A field as a literal that enters no table (RFC 7541 section 6.2.2), neither name nor value in Huffman's code. */
    private static String field(String name, String value) {
        return "00%02x%s%02x%s".formatted(name.length(), hex(name), value.length(), hex(value));
    }

    private void received(String hex) {
        rules.received(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }

    private static String head(int stream, String block) {
        return "%06x0105%08x%s".formatted(block.length() / 2, stream, block);
    }

    /** Of the first block of a connection. */
    private static HeaderFault found(String block) {
        HeaderFaultTest connection = new HeaderFaultTest();
        connection.received(SETTINGS + head(1, block));
        return connection.rules.headerFault(1);
    }

    @ParameterizedTest
    @CsvSource({
        "8487, PSEUDO_HEADER, missing :method",
        "8287, PSEUDO_HEADER, missing :path",
        "8284, PSEUDO_HEADER, missing :scheme",
        "'', PSEUDO_HEADER, missing :method",
        "82828487, PSEUDO_HEADER, several :method",
        "8284848700, HEADER, the header block breaks off",
        "80, HEADER, index 0 in the header block",
        "828487be, HEADER, 'index 62 in the header block, which is in no table'",
        "0f80808080808080, HEADER, 'a number that is too large, in the header block'",
        "0fff, HEADER, the header block breaks off",
        "3fe21f828487, HEADER, a dynamic table of 4097 bytes",
        "82848720, HEADER, the size of the dynamic table changes behind the beginning of the header block",
        "828487000161027f, HEADER, the header block breaks off",
        "828487000161821fff, HEADER, a Huffman code in the header block that is none",
        "8284870001618118, HEADER, a Huffman code in the header block that is none",
        "82848700016184ffffffff, HEADER, a Huffman code in the header block that is none",
        "8284870083ffffff0161, HEADER, a Huffman code in the header block that is none"
    })
    void faultOfABlockIsFound(String block, Part part, String words) {
        assertThat(found(block)).isEqualTo(new HeaderFault(part, words));
    }

    @ParameterizedTest
    @CsvSource({
        ":foo, x, PSEUDO_HEADER, unknown :foo",
        "x y, z, HEADER, illegal character in the name of a header",
        "'', z, HEADER, a header without a name",
        "X-Up, z, HEADER, a header's name in upper case: X-Up",
        "connection, close, HEADER, 'connection, which HTTP/2 does not have'",
        "te, gzip, HEADER, te with another value than trailers",
        "content-length, -1, CONTENT_LENGTH, 'Content-Length is not a number, or out of range'"
    })
    void faultOfAFieldIsFound(String name, String value, Part part, String words) {
        assertThat(found(GET + field(name, value))).isEqualTo(new HeaderFault(part, words));
    }

    @ParameterizedTest
    @CsvSource({
        ":path, '', empty :path",
        ":path, /a#b, illegal characters in :path",
        ":path, /%zz, illegal characters in :path",
        ":path, '/a\"', illegal characters in :path",
        ":method, G ET, illegal characters in :method",
        ":scheme, ht tp, illegal characters in :scheme",
        ":authority, a b, illegal characters in :authority"
    })
    void faultOfAPseudoHeaderIsFound(String name, String value, String words) {
        assertThat(found(field(name, value))).isEqualTo(new HeaderFault(Part.PSEUDO_HEADER, words));
    }

    @Test
    void pseudoHeaderBehindOthersIsFound() {
        assertThat(found("8287" + field("a", "b") + "84").words()).isEqualTo(":path behind other headers");
    }

    @Test
    void connectIsFound() {
        assertThat(found(field(":method", "CONNECT") + field(":authority", "a:80"))
                        .words())
                .isEqualTo("CONNECT");
        assertThat(found(field(":method", "CONNECT") + "84").words()).isEqualTo("CONNECT with :path or :scheme");
    }

    @Test
    void whatIsRightIsNoFault() {
        assertThat(found(
                        GET + field(":authority", "[::1]:80") + field("te", "trailers") + field("content-length", "1")))
                .isNull();
        assertThat(found("8287" + field(":path", "/a b/%41?x=[y]&z='~'") + field("x", "\u00ff")))
                .isNull();
    }

    /** RFC 7541 sections C.4.1 and C.4.2, of which the second takes its {@code :authority} from the table. */
    @Test
    void whatComesFromTheDynamicTableIsNotKnown() {
        received(SETTINGS + head(1, "828684418cf1e3c2e5f23a6ba0ab90f4ff"));
        assertThat(rules.headerFault(1)).isNull();
        received(head(3, "828684be5886a8eb10649cbf"));
        assertThat(rules.headerFault(3)).isNull();
        received(head(5, "8284be"));
        assertThat(rules.headerFault(5)).isNull(); // what is missing may be what is not known
    }

    @Test
    void blockMayComeInPiecesWithPaddingAndPriority() {
        received(SETTINGS);
        byte[] frames = HexFormat.of()
                .parseHex("00000a012900000001" + "020000000010" + "8287" + "0000" + "000001090400000001" + "82");
        for (byte each : frames) {
            rules.received(ByteBuffer.wrap(new byte[] {each}));
        }

        assertThat(rules.headerFault(1)).isEqualTo(new HeaderFault(Part.PSEUDO_HEADER, "several :method"));
    }

    @Test
    void blockThatIsNotWholeIsNotJudged() {
        received(SETTINGS + "000001010100000001" + "82");
        assertThat(rules.headerFault(1)).isNull();
        received("000002090400000001" + "84");
        assertThat(rules.headerFault(1)).isNull();
        received("84");
        assertThat(rules.headerFault(1).words()).isEqualTo("several :path");
    }

    @Test
    void trailersNeedNoPseudoHeaders() {
        received(SETTINGS + "000003010400000001" + GET + "000001010500000001" + "7f");
        assertThat(rules.headerFault(1).words()).isEqualTo("the header block breaks off");
        received("000001010500000001" + "82");
        assertThat(rules.headerFault(1)).isNull();
    }

    @Test
    void blockIsJudgedThoughItsContentCameToo() {
        received(SETTINGS + "000002010400000001" + "8387" + "000001000100000001" + "20");
        assertThat(rules.headerBlock(0)).isZero();
        assertThat(rules.headerFault(0).words()).isEqualTo("missing :path");
        assertThat(rules.headerFault(1).words()).isEqualTo("missing :path");
    }

    @Test
    void blockThatTheServerTookUpIsForgotten() {
        received(SETTINGS + head(1, "84"));
        rules.taken(1);
        assertThat(rules.headerFault(1)).isNull();
    }

    @Test
    void blockThatIsTooLongForAnyServerIsNotKept() {
        assertThat(found("84".repeat(8192))).isNotNull();
        assertThat(found("84".repeat(8193))).isNull();
    }
}
