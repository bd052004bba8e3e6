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
 * What a server refuses besides what RFC 9112's grammar forbids: asked only of a head that it refused and in which nothing else is
 * wrong, so that what is found first is why. Each server has rules of its own, found by sending it what breaks one alone.
 */
public final class StricterRules {
    /** Payara's parser. */
    public static final StricterRules GRIZZLY =
            of(StricterRules::brokenByValues, StricterRules::brokenByHeaderEnd, StricterRules::brokenByBody);

    /** WildFly's parser, and its handlers before any application. */
    public static final StricterRules UNDERTOW = of(
            StricterRules::brokenByDelay,
            StricterRules::brokenByCount,
            StricterRules::brokenByParameters,
            StricterRules::brokenByTarget,
            StricterRules::brokenByHost,
            StricterRules::brokenByLength);

    /** A server of which nothing is known. */
    public static final StricterRules ANY = of(
            StricterRules::brokenByDelay,
            StricterRules::brokenByValues,
            StricterRules::brokenByLineEnd,
            StricterRules::brokenByCount,
            StricterRules::brokenByTarget,
            StricterRules::brokenByHost,
            StricterRules::brokenByLength,
            StricterRules::brokenByBody);

    /** RFC 9110 section 9.3: content in such a request has no meaning, and may have it refused. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE");
    /** Servers take as many at least. */
    private static final int MANY_HEADERS = 100;
    /** Undertow's default; what it is set to is not known here. */
    private static final int MANY_PARAMETERS = 1000;

    private final List<Rule> rules;

    private StricterRules(List<Rule> rules) {
        this.rules = rules;
    }

    private static StricterRules of(Rule... rules) {
        return new StricterRules(List.of(rules));
    }

    private interface Rule {
        @Nullable
        Fault broken(BrokenHead head);
    }

    /** The rule that is broken; {@code null}: none is known. */
    @Nullable
    Fault broken(BrokenHead head) {
        for (Rule rule : rules) {
            Fault found = rule.broken(head);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Fault brokenByDelay(BrokenHead head) {
        return head.isLate() ? Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: empty lines before it") : null;
    }

    private static @Nullable Fault brokenByValues(BrokenHead head) {
        return head.headerLines().stream().allMatch(line -> line.chars().allMatch(c -> c <= '~'))
                ? null
                : Fault.of(Reason.BAD_HEADER, "malformed header: a header's value is not ASCII");
    }

    private static @Nullable Fault brokenByLineEnd(BrokenHead head) {
        return head.endsRequestLineBare() ? bareLineFeed() : brokenByHeaderEnd(head);
    }

    private static @Nullable Fault brokenByHeaderEnd(BrokenHead head) {
        return head.endsHeaderBare() ? bareLineFeed() : null;
    }

    private static Fault bareLineFeed() {
        return Fault.of(Reason.BAD_HEADER, "malformed header: a line ends in LF without CR");
    }

    private static @Nullable Fault brokenByCount(BrokenHead head) {
        return head.headerLines().size() > MANY_HEADERS ? tooMany(head) : null;
    }

    private static @Nullable Fault brokenByParameters(BrokenHead head) {
        String query = head.query();
        long parameters =
                query.isEmpty() ? 0 : 1 + query.chars().filter(c -> c == '&').count();
        return parameters > MANY_PARAMETERS
                ? Fault.of(Reason.BAD_REQUEST_LINE, "the target has too many parameters: " + parameters)
                : null;
    }

    private static @Nullable Fault brokenByTarget(BrokenHead head) {
        String target = head.target();
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

    private static @Nullable Fault brokenByHost(BrokenHead head) {
        return head.values("Host").stream().allMatch(StricterRules::isAuthority)
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

    private static @Nullable Fault brokenByLength(BrokenHead head) {
        if (head.values("Content-Length").size() > 1) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "several Content-Length headers");
        }
        List<String> codings = head.values("Transfer-Encoding");
        return codings.size() <= 1 && codings.stream().allMatch(StricterRules::isChunked)
                ? null
                : Fault.of(Reason.AMBIGUOUS_LENGTH, "a Transfer-Encoding besides chunked");
    }

    private static @Nullable Fault brokenByBody(BrokenHead head) {
        boolean body = !head.values("Transfer-Encoding").isEmpty()
                || !head.values("Content-Length").stream().allMatch("0"::equals);
        String method = head.method();
        return body && method != null && BODILESS.contains(method)
                ? new Fault("400", "the server takes no body with " + method)
                : null;
    }

    private static boolean isChunked(String coding) {
        return coding.toLowerCase(Locale.ROOT).equals("chunked");
    }
}
