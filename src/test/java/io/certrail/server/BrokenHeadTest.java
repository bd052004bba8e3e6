package io.certrail.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Fault;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenHeadTest {
    private static final IllegalStateException TOO_LARGE = new IllegalStateException("HTTP packet header is too large");

    private static BrokenHead head(String text) {
        return BrokenHead.read(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "this is no request~~|bad_request_line",
                "\u0000\u0001\u001b[31m\u00ff~~|bad_request_line",
                "GET /~~|bad_request_line",
                "GET / HTTP/9.9~Host: a~~|bad_request_line",
                "GET / HTTQ/1.1~Host: a~~|bad_request_line",
                "G@T / HTTP/1.1~Host: a~~|bad_request_line",
                "GET /a\u0001 HTTP/1.1~Host: a~~|bad_request_line",
                "GET /%zz HTTP/1.1~Host: a~~|bad_request_line",
                "GET / HTTP/1.1~~|bad_host",
                "GET / HTTP/1.1~Host: a~Host: b~~|bad_host",
                "GET / HTTP/1.1~Host: bad host@/..~~|bad_host",
                "POST / HTTP/1.1~Host: a~Content-Length: 6~Transfer-Encoding: chunked~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Content-Length: 6~Content-Length: 7~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Content-Length: six~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Content-Length: 99999999999999999999~~|ambiguous_length",
                "GET / HTTP/1.1~Host: a~X-Nul: a\u0000b~~|bad_header",
                "GET / HTTP/1.1~Host: a~this header has no colon~~|bad_header",
                "GET / HTTP/1.1~Host: a~X-A: b~ folded~~|bad_header",
                "GET / HTTP/1.1~Host: a~X A: b~~|bad_header",
                "GET / HTTP/1.1~Host: a~X-A: b\u00fcc~~|bad_header",
                "GET / HTTP/1.1~Host: a~X-A: b\tc~~|400",
                "GET / HTTP/1.1~Host: a~X-A: b^X-B: c~~|bad_header",
                "GET / HTTP/1.1^Host: a^^|bad_header",
                "~GET / HTTP/1.1~Host: a~~|bad_request_line",
                "GET a HTTP/1.1~Host: a~~|bad_request_line",
                "GET http:///a HTTP/1.1~Host: a~~|bad_request_line",
                "GET http://b/a HTTP/1.1~Host: a~~|bad_host",
                "GET http://a/a HTTP/1.1~Host: a~~|400",
                "GET / HTTP/1.1~Host: a:~~|bad_host",
                "GET / HTTP/1.1~Host: a:b~~|bad_host",
                "GET / HTTP/1.1~Host: a:0~~|bad_host",
                "GET / HTTP/1.1~Host: a:65536~~|bad_host",
                "GET / HTTP/1.1~Host: [::g]~~|bad_host",
                "GET / HTTP/1.1~Host: [::1]:80~~|400",
                "GET / HTTP/1.1~Host: a_b..c:80~~|400",
                "POST / HTTP/1.1~Host: a~Content-Length: 6~Content-Length: 6~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: chunked, gzip~~|ambiguous_length",
                "POST / HTTP/1.1~Host: a~Transfer-Encoding: Chunked~~|400",
                "GET / HTTP/1.1~Host: a~~|400"
            })
    void faultIsNamed(String lines, String reason) {
        String text = lines.replace("~", "\r\n").replace('^', '\n');
        assertThat(head(text).fault(false, StricterRules.ANY).type()).isEqualTo(reason);
    }

    /** As each server was seen to do. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1~Host: a~X-A: b\u00fcc~~|bad_header|400",
                "GET / HTTP/1.1~Host: a~X-A: b^X-B: c~~|bad_header|400",
                "GET / HTTP/1.1~Host: a~X-A: b^~|bad_header|400",
                "GET / HTTP/1.1^Host: a~~|400|400",
                "GET / HTTP/1.1~Host: a~~^|400|400",
                "~GET / HTTP/1.1~Host: a~~|400|bad_request_line",
                "GET /#b HTTP/1.1~Host: a~~|400|bad_request_line",
                "GET http://b/a HTTP/1.1~Host: a~~|400|bad_host",
                "GET / HTTP/1.1~Host: a:~~|400|bad_host",
                "POST / HTTP/1.1~Host: a~Content-Length: 6~Content-Length: 6~~|400|ambiguous_length"
            })
    void serverIsHeldToNoRuleOfAnother(String lines, String grizzly, String undertow) {
        BrokenHead head = head(lines.replace("~", "\r\n").replace('^', '\n'));
        assertThat(head.fault(false, StricterRules.GRIZZLY).type()).isEqualTo(grizzly);
        assertThat(head.fault(false, StricterRules.UNDERTOW).type()).isEqualTo(undertow);
    }

    @Test
    void ruleThatOneServerHasIsNotWhyTheOtherRefused() {
        BrokenHead both = head("GET / HTTP/1.1\r\nHost: a:\r\nX-A: b\u00fcc\nContent-Length: 5\r\n\r\n");
        assertThat(both.fault(false, StricterRules.GRIZZLY).type()).isEqualTo("bad_header");
        assertThat(both.fault(false, StricterRules.UNDERTOW).type()).isEqualTo("bad_host");
        BrokenHead body = head("GET / HTTP/1.1\nHost: a:\r\nContent-Length: 5\r\n\r\n");
        assertThat(body.fault(false, StricterRules.GRIZZLY).message()).isEqualTo("the server takes no body with GET");
    }

    @Test
    void parametersThatAreTooManyAreCounted() {
        String query = "p=1" + "&p=1".repeat(1_000);
        Fault fault = head("GET /a?" + query + " HTTP/1.1\r\nHost: a\r\n\r\n").fault(false, StricterRules.UNDERTOW);
        assertThat(fault.type()).isEqualTo("bad_request_line");
        assertThat(fault.message()).isEqualTo("the target has too many parameters: 1001");
    }

    @Test
    void sizeIsNamedWhereTheParserComplainsOfIt() {
        String line = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertThat(head(line + "X-Big: " + "b".repeat(9000))
                        .fault(TOO_LARGE, StricterRules.ANY)
                        .type())
                .isEqualTo("header_too_large");
        assertThat(head(line + "X-Big: " + "b".repeat(9000) + "\r\n\r\n")
                        .fault(TOO_LARGE, StricterRules.ANY)
                        .type())
                .isEqualTo("header_too_large");
        assertThat(head("GET /" + "u".repeat(9000))
                        .fault(TOO_LARGE, StricterRules.ANY)
                        .type())
                .isEqualTo("uri_too_long");
        assertThat(head("GET /" + "u".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n")
                        .fault(TOO_LARGE, StricterRules.ANY)
                        .type())
                .isEqualTo("uri_too_long");
    }

    @Test
    void methodThatIsTooLongIsNoTarget() {
        String line = "M".repeat(9000) + " / HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(head(line).fault(TOO_LARGE, StricterRules.ANY).type()).isEqualTo("bad_request_line");
    }

    @Test
    void headersThatAreTooManyAreCounted() {
        var tooMany = new IllegalStateException("exceeded the configured maximum number of headers: 2");
        var fault = head("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nX: y\r\n\r\n").fault(tooMany, StricterRules.ANY);
        assertThat(fault.type()).isEqualTo("header_too_large");
        assertThat(fault.message()).isEqualTo("the request has too many headers: 3");
    }

    @Test
    void headersThatAreManyAreWhyNothingElseIs() {
        var fault = head("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(200) + "\r\n")
                .fault(false, StricterRules.ANY);
        assertThat(fault.message()).isEqualTo("the request has too many headers: 201");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, Content-Length: 5, the server takes no body with GET",
        "HEAD, Transfer-Encoding: chunked, the server takes no body with HEAD",
        "GET, Content-Length: 0, the server's parser refused the request",
        "POST, Content-Length: 5, the server's parser refused the request"
    })
    void bodyThatMayBeWhyARequestWasRefusedIsNamed(String method, String header, String message) {
        BrokenHead head = head(method + " / HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
        assertThat(head.fault(false, StricterRules.ANY).message()).isEqualTo(message);
    }

    @Test
    void emptyLinesAreNoRequest() {
        assertThat(head("\r\n\r\n").hasBegun()).isFalse();
        assertThat(head("\r\nG").hasBegun()).isTrue();
    }

    @Test
    void whatCanBeReadIsRead() {
        BrokenHead head = head("GET /a/b?secret=1 HTTP/1.1\r\nuser-agent: probe\r\nX-Request-Id: r1\r\nHo");

        assertThat(head.method()).isEqualTo("GET");
        assertThat(head.path()).isEqualTo("/a/b");
        assertThat(head.protocolVersion()).isEqualTo("1.1");
        assertThat(head.header("User-Agent")).isEqualTo("probe");
        assertThat(head.header("X-Request-Id")).isEqualTo("r1");
    }

    @Test
    void neitherQueryNorFragmentIsPartOfThePath() {
        assertThat(head("GET /a?b=secret HTTP/1.1\r\n").path()).isEqualTo("/a");
        assertThat(head("GET /a#secret HTTP/1.1\r\n").path()).isEqualTo("/a");
        assertThat(head("GET /a#secret?b HTTP/1.1\r\n").path()).isEqualTo("/a");
    }

    @Test
    void headThatParsedIsStillLookedAt() {
        assertThat(BrokenHead.fault(head("GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n")))
                .isNotNull();
        assertThat(BrokenHead.fault(head("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"))).isNull();
    }

    @Test
    void whatDoesNotLookLikeARequestLineIsNotRepeated() {
        BrokenHead head = head("password=hunter2 and more\r\n\r\n");

        assertThat(head.method()).isNull();
        assertThat(head.path()).isNull();
    }

    @Property
    void anyBytesGiveAFault(@ForAll byte[] bytes) {
        BrokenHead head = BrokenHead.read(bytes);

        assertThat(head.fault(TOO_LARGE, StricterRules.ANY).type()).isNotEmpty();
        assertThat(head.fault(false, StricterRules.ANY).type()).isNotEmpty();
        head.method();
        head.path();
        head.protocolVersion();
        head.header("Host");
    }
}
