package io.certrail.tls;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody speaks who does not speak TLS, told from the first bytes. Only words of ours and hexadecimal digits
 * come out, never what was sent.
 */
final class ForeignSpeech {
    private static final int LOOKED_AT = 512;
    private static final int SHOWN = 8;
    private static final Pattern HTTP_REQUEST = Pattern.compile(
            "\\A(?:\\r?\\n)*([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) +[^\\r\\n]* HTTP/[0-9.]*(?:\\r|\\n|\\z)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern HTTP_METHOD = Pattern.compile(
            "\\A(?:\\r?\\n)*(GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK"
                    + "|UNLOCK|REPORT|SEARCH|BREW)(?: (?![^\\r\\n]*(?:RTSP|SIP)/)|\\z)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Z]{1,16}");

    /** What the first bytes look like; the first that fits. */
    private static final List<Accent> ACCENTS = List.of(
            new Accent("\\r\\n\\r\\n\\x00\\r\\nQUIT\\n", "a PROXY protocol v2 header"),
            new Accent("PROXY (TCP[46]|UNKNOWN)", "a PROXY protocol v1 header"),
            new Accent("SSH-", "SSH"),
            new Accent("(?i)(EHLO|HELO|MAIL FROM|STARTTLS|QUIT|NOOP|RSET)\\b", "SMTP"),
            new Accent("(?i)[a-z0-9]{1,8} (LOGIN|CAPABILITY|STARTTLS)", "IMAP"),
            new Accent("(?i)(USER|CAPA|AUTH|PASS) ?", "FTP or POP3"),
            new Accent("(?i)[A-Z]+ [^\\r\\n]*(RTSP|SIP)/", "RTSP or SIP"),
            new Accent("(?s)\\x10.{1,2}\\x00\\x04MQTT|(?s)\\x10.{1,4}MQ", "MQTT"),
            new Accent("AMQP", "AMQP"),
            new Accent("(?s)\\x03\\x00.{2}.\\xe0", "RDP"),
            new Accent("(?s)\\xff[\\xf0-\\xfe]", "Telnet"),
            new Accent(
                    "(?s)\\x00\\x00\\x00.\\x04\\xd2\\x16[\\x2e-\\x30]|(?s)\\x00\\x00..\\x00\\x03\\x00\\x00",
                    "PostgreSQL"),
            new Accent("(?s)\\x00...[\\xfe\\xff]SMB", "SMB"),
            new Accent("(?s)0[\\x00-\\x7f]\\x02\\x01.[\\x60\\x77]", "LDAP"),
            new Accent("(?s)\\x05[\\x01-\\x0a][\\x00-\\x0a]|\\x04[\\x01\\x02]..", "SOCKS"),
            new Accent("(\\*\\d+\\r\\n\\$|PING\\r?\\n)", "Redis"),
            new Accent("(JRMI|\\xac\\xed\\x00\\x05)", "Java serialisation"),
            new Accent("JDWP-Handshake", "JDWP"),
            new Accent("t3s? \\d", "T3"),
            new Accent("GIOP", "IIOP"),
            new Accent("\\x12\\x34|AB\\x00", "AJP"),
            new Accent("(?i)<\\?xml|<stream|<!doctype|<html", "XML"),
            new Accent("\\s*[{\\[]", "JSON"),
            new Accent("\\x1f\\x8b", "gzip"),
            new Accent("(?s)\\xff\\xfe|\\xfe\\xff|([\\x20-\\x7e]\\x00){3}|(\\x00[\\x20-\\x7e]){3}", "UTF-16 text"),
            new Accent("\\xef\\xbb\\xbf", "UTF-8 text"),
            new Accent("(?s)\\x00{4}", "zeroes"),
            new Accent("(?s)[\\x16\\x15\\x17\\x14]\\xfe[\\xff\\xfd\\xfc]", "DTLS"),
            new Accent("[\\x09\\x0a\\x0d\\x20-\\x7e]{4}", "text"));

    private ForeignSpeech() {}

    private record Accent(Pattern start, String name) {
        Accent(String start, String name) {
            this(Pattern.compile("\\A(?:" + start + ")"), name);
        }
    }

    /** The reason for refusing bytes that are no TLS. */
    static Fault fault(byte[] first) {
        String start = new String(first, 0, Math.min(first.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        if (isHttpPreface(start)) {
            return http("plain HTTP/2 on a TLS port: the client sent the connection preface");
        }
        String accent = accent(start);
        Matcher request = accent.equals("RTSP or SIP") ? HTTP_REQUEST.matcher("") : HTTP_REQUEST.matcher(start);
        if (!accent.startsWith("a PROXY") && request.find()) {
            return http("plain HTTP on a TLS port: " + method(request.group(1)));
        }
        Matcher method = HTTP_METHOD.matcher(start);
        if (method.find()) {
            return http("plain HTTP on a TLS port: " + method(method.group(1)));
        }
        if (start.startsWith("HTTP/")) {
            return http("plain HTTP on a TLS port: a status line");
        }
        return Fault.of(Reason.NOT_TLS_GARBAGE, "not TLS: the client sent " + accent + ", first bytes " + hex(first));
    }

    private static boolean isHttpPreface(String start) {
        return start.startsWith("PRI * HTTP/2");
    }

    private static Fault http(String message) {
        return Fault.of(Reason.NOT_TLS_HTTP, message);
    }

    private static String method(String name) {
        return PLAIN_NAME.matcher(name).matches() ? "the client sent " + name : "the client sent an unusual method";
    }

    private static String accent(String start) {
        return ACCENTS.stream()
                .filter(accent -> accent.start.matcher(start).find())
                .map(Accent::name)
                .findFirst()
                .map(name -> name.startsWith("a ") ? name : "what looks like " + name)
                .orElse("binary data");
    }

    private static String hex(byte[] first) {
        return HexFormat.ofDelimiter(" ").formatHex(first, 0, Math.min(first.length, SHOWN));
    }
}
