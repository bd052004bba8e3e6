package io.certrail.server;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request that does not parse, or does not end: what can still be read of it, and what is wrong with it.
 * Servers say only that it is bad. RFC 9112 sections 2 to 6, RFC 9110 section 7.2.
 *
 * <p>Immutable.
 */
public final class BrokenHead implements RequestHead {
    /** Most bytes of a head that are looked at. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_TARGET = 8 * 1024;

    private final String requestLine;
    private final boolean lineEnded;
    private final List<String> headerLines;
    private final boolean late;
    /** How many lines there are up to the last one that ends in LF alone. */
    private final int bareLines;

    private final int size;

    private BrokenHead(
            String requestLine, boolean lineEnded, List<String> headerLines, boolean late, int bareLines, int size) {
        this.late = late;
        this.bareLines = bareLines;
        this.requestLine = requestLine;
        this.lineEnded = lineEnded;
        this.headerLines = headerLines;
        this.size = size;
    }

    /**
     * Reads what there is.
     *
     * @param bytes the head, whole or not; more than {@link #MAX_BYTES} are not looked at
     */
    public static BrokenHead read(byte[] bytes) {
        int length = Math.min(bytes.length, MAX_BYTES);
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (start < length && (text.charAt(start) == '\r' || text.charAt(start) == '\n')) {
            start++; // RFC 9112 section 2.2: empty lines before the request line are to be skipped
        }
        int end = text.indexOf('\n', start);
        String line = withoutReturn(end < 0 ? text.substring(start) : text.substring(start, end));
        List<String> headers = new ArrayList<>();
        boolean ended = false;
        int bareLines = 0;
        while (end >= 0 && !ended) {
            if (text.charAt(end - 1) != '\r') {
                bareLines = 1 + headers.size();
            }
            int next = text.indexOf('\n', end + 1);
            String header = withoutReturn(text.substring(end + 1, next < 0 ? length : next));
            ended = next >= 0 && header.isEmpty();
            if (!header.isEmpty()) {
                headers.add(header);
            }
            end = next;
        }
        return new BrokenHead(line, text.indexOf('\n', start) >= 0, headers, start > 0, bareLines, length);
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Whether anything has come of it: empty lines before it are to be skipped, and are no request. */
    public boolean hasBegun() {
        return !requestLine.isEmpty();
    }

    @Override
    public @Nullable String method() {
        int space = requestLine.indexOf(' ');
        String method = space < 0 ? "" : requestLine.substring(0, space);
        return HttpSyntax.isToken(method) && target() != null ? method : null;
    }

    /** The target without its query, if it looks like one: what does not may be anything, secrets included. */
    @Override
    public @Nullable String path() {
        String target = target();
        if (target == null) {
            return null;
        }
        int end = 0;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
            end++;
        }
        return target.substring(0, end);
    }

    /** The query of its target, {@code ""} if there is none. */
    String query() {
        String target = target();
        int mark = target == null ? -1 : target.indexOf('?');
        return target == null || mark < 0 ? "" : target.substring(mark + 1);
    }

    @Nullable
    String target() {
        int space = requestLine.indexOf(' ');
        if (space < 0) {
            return null;
        }
        int end = requestLine.indexOf(' ', space + 1);
        String target = end < 0 ? requestLine.substring(space + 1) : requestLine.substring(space + 1, end);
        boolean plausible = target.startsWith("/") || target.startsWith("http") || target.equals("*");
        return plausible ? target : null;
    }

    @Override
    public @Nullable String protocolVersion() {
        String version = version();
        return version != null && HttpSyntax.isVersion(version) ? version.substring("HTTP/".length()) : null;
    }

    private @Nullable String version() {
        int space = requestLine.lastIndexOf(' ');
        return space < 0 || space == requestLine.indexOf(' ') ? null : requestLine.substring(space + 1);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.get(0);
    }

    List<String> values(String name) {
        List<String> values = new ArrayList<>(1);
        for (String line : headerLines) {
            int colon = line.indexOf(':');
            if (colon == name.length() && line.regionMatches(true, 0, name, 0, colon)) {
                values.add(line.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /**
     * What is wrong with it.
     *
     * @param error what the server's parser said, for where nothing is found
     * @param rules whose parser it is
     */
    public Fault fault(@Nullable Throwable error, StricterRules rules) {
        String said = error == null ? "" : String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
        if (said.contains("number of headers")) {
            return StricterRules.tooMany(this);
        }
        return fault(said.contains("too large") || said.contains("too long") || said.contains("too many"), rules);
    }

    /**
     * What is wrong with it.
     *
     * @param tooLarge whether it is longer than the server takes
     * @param rules whose parser it is
     */
    public Fault fault(boolean tooLarge, StricterRules rules) {
        Fault found = tooLarge ? sizeFault() : null;
        if (found == null) {
            found = requestLineFault();
        }
        if (found == null) {
            found = headerFault();
        }
        if (found == null) {
            found = fault(values("Host"), "1.1".equals(protocolVersion()));
        }
        if (found == null) {
            found = lengthFault();
        }
        return found != null ? found : unexplained(rules);
    }

    /** Servers are stricter than the grammar. */
    private Fault unexplained(StricterRules rules) {
        Fault found = rules.broken(this);
        return found == null ? new Fault("400", "the server's parser refused the request") : found;
    }

    List<String> headerLines() {
        return headerLines;
    }

    /** Whether there are empty lines before it. */
    boolean isLate() {
        return late;
    }

    /** Whether its request line ends in LF alone, or a header behind it. */
    boolean endsRequestLineBare() {
        return bareLines > 0;
    }

    /** Whether one of its headers ends in LF alone. */
    boolean endsHeaderBare() {
        return bareLines > 1;
    }

    private Fault sizeFault() {
        if (!lineEnded || requestLine.length() > MAX_TARGET) {
            int method = requestLine.indexOf(' ');
            if (method > requestLine.length() / 2) {
                return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the method is too long: " + method);
            }
            return method > 0
                    ? Fault.of(Reason.URI_TOO_LONG, "the request's target is too long: over " + requestLine.length())
                    : Fault.of(Reason.BAD_REQUEST_LINE, "the request line has no method");
        }
        return Fault.of(Reason.HEADER_TOO_LARGE, "the request's header is too large: over " + size + " bytes");
    }

    /** What is wrong with the request line, if that much has come; else {@code null}. */
    public @Nullable Fault endedLineFault() {
        return lineEnded ? requestLineFault() : null;
    }

    private @Nullable Fault requestLineFault() {
        String method = requestLine.contains(" ") ? requestLine.substring(0, requestLine.indexOf(' ')) : requestLine;
        if (!HttpSyntax.isToken(method)) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the method is not a token");
        }
        String version = version();
        if (version == null) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: no HTTP version");
        }
        if (!HttpSyntax.isVersion(version)) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: it does not end in an HTTP version");
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: unsupported HTTP version");
        }
        String target = requestLine.substring(method.length() + 1, requestLine.lastIndexOf(' '));
        return HttpSyntax.isTarget(target)
                ? null
                : Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: illegal characters in the target");
    }

    private @Nullable Fault headerFault() {
        for (String line : headerLines) {
            int colon = line.indexOf(':');
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                return Fault.of(Reason.BAD_HEADER, "malformed header: a folded header line");
            }
            if (colon < 0) {
                return Fault.of(Reason.BAD_HEADER, "malformed header: a header line has no colon");
            }
            if (!HttpSyntax.isToken(line.substring(0, colon))) {
                return Fault.of(Reason.BAD_HEADER, "malformed header: invalid character in a header name");
            }
            if (!HttpSyntax.isFieldValue(line.substring(colon + 1)) && !isHost(line)) {
                return Fault.of(Reason.BAD_HEADER, "malformed header: illegal character in a header's value");
            }
        }
        return null;
    }

    private static boolean isHost(String line) {
        return line.regionMatches(true, 0, "Host:", 0, "Host:".length());
    }

    /** What is wrong with the length of the body that it announces, {@code null} if nothing is. */
    public @Nullable Fault lengthFault() {
        List<String> lengths = values("Content-Length");
        if (!lengths.isEmpty() && !values("Transfer-Encoding").isEmpty()) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "Content-Length and Transfer-Encoding are both there");
        }
        if (lengths.stream().distinct().count() > 1) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "several Content-Length headers differ");
        }
        if (!lengths.stream().allMatch(HttpSyntax::isDigits)) {
            return Fault.of(Reason.AMBIGUOUS_LENGTH, "Content-Length is not a number");
        }
        return lengths.stream().allMatch(HttpSyntax::isLong)
                ? null
                : Fault.of(Reason.AMBIGUOUS_LENGTH, "Content-Length is out of range");
    }

    private static @Nullable Fault fault(List<String> hosts, boolean required) {
        if (hosts.isEmpty()) {
            return required ? Fault.of(Reason.BAD_HOST, "missing Host header") : null;
        }
        if (hosts.size() > 1) {
            return Fault.of(Reason.BAD_HOST, "several Host headers");
        }
        return HttpSyntax.isHost(hosts.get(0)) ? null : Fault.of(Reason.BAD_HOST, "invalid Host header");
    }

    /** What is wrong with a head that parsed and was refused as malformed all the same; {@code null} if not found. */
    public static @Nullable Fault fault(RequestHead head) {
        String method = head.method();
        if (method != null && !HttpSyntax.isToken(method)) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: the method is not a token");
        }
        if ("0.9".equals(head.protocolVersion())) {
            return Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: no HTTP version");
        }
        String host = head.header("Host");
        Fault found = fault(host == null ? List.of() : List.of(host), "1.1".equals(head.protocolVersion()));
        if (found != null) {
            return found;
        }
        String path = head.path();
        return path == null || HttpSyntax.isTarget(path)
                ? null
                : Fault.of(Reason.BAD_REQUEST_LINE, "invalid request line: illegal characters in the target");
    }
}
