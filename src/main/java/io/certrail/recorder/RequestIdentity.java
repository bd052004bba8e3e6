package io.certrail.recorder;

import io.certrail.event.RequestFacts;
import org.jspecify.annotations.Nullable;

/** Which id a request has: a well-formed one of the client's is kept, else one is made. */
public final class RequestIdentity {
    /** Header in which a request id is taken and returned. */
    public static final String HEADER = "X-Request-Id";

    private static final String TRACE_PARENT = "traceparent";
    private static final int MAX_ID = 128;

    private RequestIdentity() {}

    /** What the head says, with a request id that is safe to write down and to send back. */
    public static RequestFacts of(RequestHead head) {
        String inbound = head.header(HEADER);
        boolean kept = isWellFormed(inbound);
        TraceParent trace = TraceParent.parse(head.header(TRACE_PARENT));
        return new RequestFacts(
                kept && inbound != null ? inbound : UuidV7.next(),
                kept ? "client" : "server",
                head.method(),
                head.path(),
                head.protocolVersion(),
                head.header("User-Agent"),
                trace == null ? null : trace.traceId(),
                trace == null ? null : trace.spanId());
    }

    /** Of a request whose head could not be read. */
    public static RequestFacts unknown() {
        return new RequestFacts(UuidV7.next(), "server", null, null, null, null, null, null);
    }

    /**
     * Visible ASCII without quotes or backslash, 1 to 128 characters. Not dots alone: as a segment of a path they lead
     * elsewhere (RFC 3986 section 5.2.4), and nobody could ask for the request.
     */
    static boolean isWellFormed(@Nullable String id) {
        if (id == null || id.isEmpty() || id.length() > MAX_ID) {
            return false;
        }
        boolean dots = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            dots &= c == '.';
            if (c <= ' ' || c > '~' || c == '"' || c == '\'' || c == '\\') {
                return false;
            }
        }
        return !dots;
    }
}
