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

    public RequestEvent {
        user = Text.told(user, RequestLink.MAX_USER);
        route = Text.told(route, RequestFacts.MAX_PATH);
    }

    @Override
    public void describe(RecordWriter record) {
        record.put(MemberPath.REQUEST_ID, request.id())
                .put(MemberPath.REQUEST_ID_SOURCE, request.idSource())
                .put(MemberPath.REQUEST_METHOD, request.method())
                .put(MemberPath.REQUEST_BODY_SIZE, requestBodySize)
                .put(MemberPath.ROUTE, route)
                .put(MemberPath.STATUS_CODE, status)
                .put(MemberPath.RESPONSE_BODY_SIZE, responseBodySize)
                .put(MemberPath.URL_PATH, request.path())
                .put(MemberPath.PROTOCOL_VERSION, request.protocolVersion())
                .put(MemberPath.USER_AGENT, request.userAgent())
                .put(MemberPath.USER_NAME, user)
                .put(MemberPath.USER_ROLES, roles)
                .put(MemberPath.TRACE_ID, request.traceId())
                .put(MemberPath.SPAN_ID, request.spanId());
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        audit.put("refused_by", refusedBy == null ? null : refusedBy.id());
    }
}
