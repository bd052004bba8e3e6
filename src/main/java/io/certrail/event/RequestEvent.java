package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and its final answer: {@code http.request}; or, with durability {@code work}, a request about to be
 * handled: {@code http.request.received}.
 *
 * @param durationNanos first byte of the head to last byte of the answer
 * @param request what was asked
 * @param route template of the route that was matched, such as {@code /api/orders/{id}}
 * @param status the final status, or -1 where none was sent
 * @param responseBodySize bytes, or -1 where unknown
 * @param user the principal that the container authenticated
 * @param refusedBy who refused it, on refusals only
 */
public record RequestEvent(
        String name,
        Instant time,
        Outcome outcome,
        long durationNanos,
        @Nullable Fault fault,
        @Nullable ConnectionFacts connection,
        RequestFacts request,
        @Nullable String route,
        int status,
        long requestBodySize,
        long responseBodySize,
        @Nullable String user,
        List<String> roles,
        @Nullable RefusedBy refusedBy)
        implements AuditEvent {
    /** {@code event.name} of a request that has ended. */
    public static final String ENDED = "http.request";
    /** {@code event.name} of a request that is about to be handled. */
    public static final String RECEIVED = "http.request.received";

    private static final int MAX_USER = 1024;

    public RequestEvent {
        user = user == null ? null : Text.bounded(user, MAX_USER);
        route = route == null ? null : Text.bounded(route, RequestFacts.MAX_PATH);
    }

    @Override
    public void describe(RecordWriter record) {
        record.begin("http");
        record.begin("request").put("id", request.id()).put("id_source", request.idSource());
        record.put("method", request.method());
        record.begin("body").put("size", requestBodySize).end().end();
        record.put("route", route);
        record.begin("response").put("status_code", status);
        record.begin("body").put("size", responseBodySize).end().end();
        record.end();
        record.begin("url").put("path", request.path()).end();
        record.begin("network")
                .begin("protocol")
                .put("version", request.protocolVersion())
                .end()
                .end();
        record.begin("user_agent").put("original", request.userAgent()).end();
        record.begin("user").put("name", user).put("roles", roles).end();
        record.put("trace_id", request.traceId()).put("span_id", request.spanId());
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        audit.put("refused_by", refusedBy == null ? null : refusedBy.id());
    }
}
