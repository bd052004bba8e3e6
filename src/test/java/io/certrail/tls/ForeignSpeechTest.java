package io.certrail.tls;

import static io.certrail.tls.Expected.refused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.certrail.event.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not speak TLS. */
class ForeignSpeechTest {
    private static HandshakeFacts sent(byte[] bytes, Ending ending) {
        return HandshakeFacts.ending(ending)
                .received(bytes, bytes.length, Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 64), bytes.length))
                .build();
    }

    private static HandshakeFacts sent(String text) {
        return sent(text.getBytes(ISO_8859_1), Ending.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\n\r\n",
                "get / http/1.0\r\n\r\n",
                "BREW /pot HTTP/1.1\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\n",
                "GET http://proxied.example/ HTTP/1.1\r\n",
                "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST /x",
                "GET /",
                "HTTP/1.1 200 OK\r\n",
                "OPTIONS * HTTP/1.1\r\n"
            })
    void httpIsNamedWhateverItsMethod(String text) {
        assertThat(refused(sent(text), Reason.NOT_TLS_HTTP).message()).startsWith("plain HTTP");
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-OpenSSH_9.2\\r\\n, SSH",
        "EHLO mail.example\\r\\n, SMTP",
        "USER anonymous\\r\\n, FTP or POP3",
        "PROXY TCP4 1.2.3.4 5.6.7.8 1 2\\r\\nGET / HTTP/1.1\\r\\n, PROXY protocol v1",
        "\\r\\n\\r\\n\\0\\r\\nQUIT\\n!\\u0011, PROXY protocol v2",
        "\\u0003\\0\\0\\u0013\\u000e\\u00e0\\0\\0\\0\\0\\0, RDP",
        "\\u00ff\\u00fd\\u0018\\u00ff\\u00fb, Telnet",
        "\\u0010\\u0025\\0\\u0004MQTT\\u0004, MQTT",
        "AMQP\\0\\0\\u0009\\u0001, AMQP",
        "\\0\\0\\0\\u0008\\u0004\\u00d2\\u0016\\u002f, PostgreSQL",
        "\\0\\0\\0\\u0045\\u00ffSMBr, SMB",
        "0\\u000c\\u0002\\u0001\\u0001\\u0060\\u0007, LDAP",
        "\\u0005\\u0001\\0\\0\\0, SOCKS",
        "*1\\r\\n$4\\r\\nPING, Redis",
        "OPTIONS rtsp://x RTSP/1.0\\r\\n, RTSP",
        "INVITE sip:x SIP/2.0\\r\\n, SIP",
        "G\\0E\\0T\\0 \\0, UTF-16",
        "{\"a\":1}, JSON",
        "JRMI\\0\\u0002K, Java",
        "hello world, text",
        "\\0\\0\\0\\0\\0\\0, zeroes",
        "\\u00fa\\u00ce\\u0001\\u0002\\u0099, binary"
    })
    void othersAreNamedByWhatTheyLookLike(String escaped, String name) {
        String text = unescaped(escaped).translateEscapes();
        assertThat(refused(sent(text), Reason.NOT_TLS_GARBAGE).message()).contains(name);
    }

    private static String unescaped(String text) {
        return java.util.regex.Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text)
                .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(m.group(1), 16))));
    }

    @Test
    void nothingThatWasSentGetsIntoTheMessage() {
        String message = refused(sent("evil-raw\r\n{\"fake\":true}\r\n\u001b[2J\r\n"), Reason.NOT_TLS_GARBAGE)
                .message();
        assertThat(message).doesNotContain("evil", "fake").matches("[\\x20-\\x7e]+");
        assertThat(refused(sent("EV!L / HTTP/1.1\r\n"), Reason.NOT_TLS_HTTP).message())
                .doesNotContain("EV");
    }

    @Test
    void garbageIsGarbageHoweverItEnds() {
        byte[] garbage = new byte[300];
        new Random(1).nextBytes(garbage);
        garbage[0] = (byte) 0xFA;
        for (Ending ending :
                new Ending[] {Ending.FAILED, Ending.CLOSED_BY_CLIENT, Ending.RESET_BY_CLIENT, Ending.TIMED_OUT}) {
            refused(sent(garbage, ending), Reason.NOT_TLS_GARBAGE);
        }
        refused(sent(new byte[] {'E', 'H'}, Ending.TIMED_OUT), Reason.HANDSHAKE_TIMEOUT);
        refused(sent("EH".getBytes(StandardCharsets.UTF_8), Ending.CLOSED_BY_CLIENT), Reason.NOT_TLS_GARBAGE);
    }

    @Test
    void dtlsIsAnotherProtocol() {
        byte[] dtls = {22, (byte) 0xFE, (byte) 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 1, 0, 0};
        assertThat(refused(sent(dtls, Ending.FAILED), Reason.UNSUPPORTED_PROTOCOL)
                        .message())
                .contains("DTLS");
    }
}
