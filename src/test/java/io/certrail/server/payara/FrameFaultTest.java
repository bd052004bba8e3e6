package io.certrail.server.payara;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameFaultTest {
    @Test
    void otherFailuresSayNothingOfFrames() {
        assertThat(FrameFault.of(new IOException("broken pipe"), (stream, error) -> null))
                .isNull();
    }

    @Test
    void badPseudoHeaderIsABadRequestLineOfOneStream() {
        FrameFault found = of(processInRequest(new Http2StreamException("Duplicate :path")));

        assertThat(found.fault().type()).isEqualTo(Reason.BAD_REQUEST_LINE.id());
        assertThat(found.ofStream()).isTrue();
        assertThat(found.ofHead()).isTrue();
    }

    @Test
    void tooManyHeadersAreATooLargeHeader() {
        FrameFault found = of(processInRequest(new Http2SessionException("Illegal attempt to exceed the maximum")));

        assertThat(found.fault().type()).isEqualTo(Reason.HEADER_TOO_LARGE.id());
        assertThat(found.ofStream()).isFalse();
    }

    @Test
    void aHeaderBlockThatDoesNotDecodeIsABadHeaderWhateverIsTooLongInIt() {
        FrameFault padding = of(processInRequest(new Http2SessionException("Padding is too long (len=12)")));
        FrameFault table = of(processInRequest(new Http2SessionException(
                "java.net.ProtocolException: Received capacity exceeds expected: capacity=4097")));
        FrameFault nameless = of(processInRequest(new Http2SessionException("java.net.ProtocolException")));

        assertThat(padding.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
        assertThat(table.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
        assertThat(table.fault().message()).endsWith("HTTP/2: Received capacity exceeds expected: capacity=4097");
        assertThat(nameless.fault().message()).endsWith("pseudo-header of HTTP/2");
    }

    @Test
    void whatGrizzlyRepeatsOfTheClientIsBoundedAndHarmless() {
        FrameFault found = of(processInRequest(new Http2StreamException("Unknown \u001b[31m\r\n" + "x".repeat(9000))));

        assertThat(found.fault().message()).hasSizeLessThan(200).matches("[ -~]*");
    }

    /** It repeats the whole field, be it a cookie. */
    @Test
    void valueOfAHeaderIsNeverRepeated() {
        FrameFault value = of(processInRequest(new Http2StreamException(
                "Invalid character 0x63 at index '0' found in header value [cookie: \tsession=a:secret]")));
        FrameFault name = of(processInRequest(new Http2StreamException(
                "Invalid character 0x0d at index '1' found in header name [too long\r: a\nsecret]")));
        FrameFault length = of(processInRequest(new Http2SessionException("For input string: \"secret\"")));

        assertThat(value.fault())
                .isEqualTo(
                        Fault.of(
                                Reason.BAD_HEADER,
                                "malformed header or pseudo-header of HTTP/2: illegal character in the value of a header: cookie"));
        assertThat(name.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
        assertThat(name.fault().message()).endsWith("illegal character in the name of a header: too long?");
        assertThat(length.fault())
                .isEqualTo(Fault.of(Reason.AMBIGUOUS_LENGTH, "Content-Length is not a number, or out of range"));
    }

    /** Where it looks for the character that it minds at a place that a name does not have. */
    @ParameterizedTest
    @CsvSource({
        "String index out of range: 1, illegal character in the value of a header",
        "'index 12, length 1', illegal character in the value of a header",
        "Index 7 out of bounds for length 1, illegal character in the value of a header",
        "'index 0, length 0', a header without a name",
        "Index 0 out of bounds for length 0, a header without a name"
    })
    void whatJavaSaysOfAnIndexIsTold(String said, String words) {
        FrameFault found = of(processInRequest(new Http2SessionException(said)));

        assertThat(found.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
        assertThat(found.fault().message()).endsWith("of HTTP/2: " + words);
    }

    @Test
    void trailersThatDoNotDecodeAreOfARequestThatIsThere() {
        FrameFault found = Objects.requireNonNull(FrameFault.of(
                processInRequest(new Http2SessionException("Unexpected end of header block")), new Trailers()));

        assertThat(found.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
        assertThat(found.ofHead()).isFalse();
    }

    private record Trailers() implements FrameFault.Rules {
        @Override
        public String broken(int stream, String error) {
            return null;
        }

        @Override
        public boolean isOfTrailers(int stream) {
            return true;
        }
    }

    @Test
    void tooManyStreamsAreNoBadHeader() {
        FrameFault found =
                Objects.requireNonNull(FrameFault.of(new Coded("REFUSED_STREAM").exception(), new Block(100)));

        assertThat(found.fault())
                .isEqualTo(Fault.of(Reason.BAD_FRAME, "HTTP/2: more streams at a time than the server takes"));
    }

    @Test
    void anythingElseIsABadFrame() {
        FrameFault found = of(new Http2SessionException(null));

        assertThat(found.fault().type()).isEqualTo(Reason.BAD_FRAME.id());
        assertThat(found.ofHead()).isFalse();
    }

    @Test
    void ruleThatWasBrokenSaysMoreThanGrizzly() {
        FrameFault said = of(new Http2SessionException("Illegal"));
        FrameFault told = FrameFault.of(new Http2SessionException("Illegal"), (stream, error) -> "PING of 3 bytes");

        assertThat(said.fault().message()).isEqualTo("HTTP/2 protocol error: Illegal");
        assertThat(Objects.requireNonNull(told).fault().message()).isEqualTo("HTTP/2 protocol error: PING of 3 bytes");
    }

    /** Of a header block that is too long Grizzly says nothing. */
    @Test
    void headerBlockThatIsLongerThanGrizzlyTakesIsTooLarge() {
        FrameFault head = Objects.requireNonNull(
                FrameFault.of(processInRequest(new Http2StreamException(null)), new Block(4097)));
        FrameFault rest = Objects.requireNonNull(FrameFault.of(new Http2SessionException(null), new Block(16_000)));
        FrameFault small = Objects.requireNonNull(
                FrameFault.of(processInRequest(new Http2StreamException(null)), new Block(4096)));

        assertThat(head.fault().type()).isEqualTo(Reason.HEADER_TOO_LARGE.id());
        assertThat(head.fault().message()).endsWith("a header block of 4097 bytes, where the server takes 4096");
        assertThat(rest.fault().type()).isEqualTo(Reason.HEADER_TOO_LARGE.id());
        assertThat(rest.isOfHeaderBlock()).isTrue();
        assertThat(small.fault().type()).isEqualTo(Reason.BAD_HEADER.id());
    }

    private record Block(int length) implements FrameFault.Rules {
        @Override
        public String broken(int stream, String error) {
            return null;
        }

        @Override
        public int headerBlock(int stream) {
            return length;
        }

        @Override
        public int mostHeaderBytes() {
            return 4096;
        }
    }

    @Test
    void headOnAStreamThatHasEndedIsNoRequest() {
        FrameFault found = of(processInRequest(new Coded("STREAM_CLOSED").exception()));

        assertThat(found.ofHead()).isFalse();
        assertThat(found.fault().type()).isEqualTo(Reason.BAD_FRAME.id());
        assertThat(found.fault().message()).startsWith("HTTP/2 protocol error (STREAM_CLOSED): ");
    }

    @Test
    void onlyWhatNoneButTheClientCanHaveDoneBlamesIt() {
        assertThat(of(new Coded("PROTOCOL_ERROR").exception()).blamesClient()).isTrue();
        assertThat(of(new Coded("STREAM_CLOSED").exception()).blamesClient()).isFalse();
        assertThat(of(new Http2SessionException(null)).blamesClient()).isFalse();
    }

    /** What has an error code, as Grizzly's exceptions do. */
    private record Coded(String code) {
        Throwable exception() {
            class Http2StreamException extends IOException {
                public String getErrorCode() {
                    return code;
                }
            }
            return new Http2StreamException();
        }
    }

    private static FrameFault of(Throwable thrown) {
        return Objects.requireNonNull(FrameFault.of(thrown, (stream, error) -> null));
    }

    /** As if thrown by Grizzly's method of this name. */
    private static Throwable processInRequest(Throwable thrown) {
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("F", "processInRequest", "F.java", 1)});
        return thrown;
    }

    private static final class Http2StreamException extends IOException {
        Http2StreamException(String message) {
            super(message);
        }
    }

    private static final class Http2SessionException extends IOException {
        Http2SessionException(String message) {
            super(message);
        }
    }
}
