package io.certrail.server;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What servers refuse besides what RFC 9112's grammar forbids: asked only of a head that was refused and in which nothing else is
 * wrong, so that what is found is why.
 */
final class StricterRules {
    /** RFC 9110 section 9.3: content in such a request has no meaning, and may have it refused. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");
    /** Servers take as many at least. */
    private static final int MANY_HEADERS = 100;

    private StricterRules() {}

    /** The rule that is broken; {@code null}: none is known. */
    static @Nullable Fault broken(BrokenHead head) {
        Fault found = broken(head, head.target());
        if (found == null) {
            found = brokenByHost(head.values("Host"));
        }
        return found == null ? brokenByBody(head) : found;
    }

    private static @Nullable Fault broken(BrokenHead head, @Nullable String target) {
        if (head.isLate()) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: empty lines before it");
        }
        if (!head.headerLines().stream().allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'))) {
            return Fault.of(Reason.BAD_HEADER, "malformed header: a header's value is not printable ASCII");
        }
        if (head.hasBareLineFeed()) {
            return Fault.of(Reason.BAD_HEADER, "malformed header: a line ends in LF without CR");
        }
        if (head.headerLines().size() > MANY_HEADERS) {
            return tooMany(head);
        }
        if (target == null) {
            return Fault.of(
                    Reason.BAD_REQUEST_LINE, "invalid request line: the target is neither a path nor a URL of HTTP");
        }
        if (target.indexOf('#') >= 0) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the target has a fragment");
        }
        return target.startsWith("/") || target.equals("*") ? null : brokenByUrl(target, head.header("Host"));
    }

    static Fault tooMany(BrokenHead head) {
        return Fault.of(
                Reason.HEADER_TOO_LARGE,
                "the request has too many headers: " + head.headerLines().size());
    }

    /** RFC 9112 section 3.2.2: who sends a URL has to send its host in the Host header. */
    private static @Nullable Fault brokenByUrl(String url, @Nullable String host) {
        int start = url.indexOf("://") + "://".length();
        int end = start;
        while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
            end++;
        }
        String authority = url.substring(start, end);
        if (authority.isEmpty() || !isAuthority(authority)) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the target is a URL without a valid host");
        }
        return host == null || authority.equalsIgnoreCase(host)
                ? null
                : Fault.of(Reason.BAD_HOST, "the Host header is not that of the target");
    }

    private static @Nullable Fault brokenByHost(List<String> hosts) {
        return hosts.stream().allMatch(StricterRules::isAuthority)
                ? null
                : Fault.of(Reason.BAD_HOST, "invalid Host header: not a host, or not a port");
    }

    private static boolean isAuthority(String text) {
        if (text.startsWith("[")) {
            return isIpv6(text);
        }
        int colon = text.indexOf(':');
        return colon < 0 || (colon > 0 && isPort(text.substring(colon + 1)));
    }

    private static boolean isIpv6(String text) {
        try {
            int port = new URI("http://" + text).parseServerAuthority().getPort();
            return !text.endsWith(":") && (port == -1 || isPort(Integer.toString(port)));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isPort(String text) {
        if (!HttpSyntax.isDigits(text) || !HttpSyntax.isLong(text)) {
            return false;
        }
        long port = Long.parseLong(text);
        return port > 0 && port < 1 << 16;
    }

    private static @Nullable Fault brokenByBody(BrokenHead head) {
        List<String> lengths = head.values("Content-Length");
        List<String> codings = head.values("Transfer-Encoding");
        if (lengths.size() > 1) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "several Content-Length headers");
        }
        if (codings.size() > 1 || !codings.stream().allMatch(StricterRules::isChunked)) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "a Transfer-Encoding besides chunked");
        }
        boolean body = !codings.isEmpty() || !lengths.stream().allMatch("0"::equals);
        String method = head.method();
        return body && method != null && BODILESS.contains(method)
                ? new Fault("400", "the server takes no body with " + method)
                : null;
    }

    private static boolean isChunked(String coding) {
        return coding.toLowerCase(Locale.ROOT).equals("chunked");
    }
}
