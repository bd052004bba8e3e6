package io.certrail.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ties an invocation or a posted event to the request in which it happened, and to who sent that.
 *
 * @param requestId the request's id
 * @param user the principal that the container authenticated
 */
public record RequestLink(
        String requestId,
        @Nullable String user,
        List<String> roles,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable ConnectionFacts connection) {
    /** Longest name of a user, in characters. */
    static final int MAX_USER = 1024;

    public RequestLink {
        user = Text.told(user, MAX_USER);
    }

    void describe(RecordWriter record) {
        record.begin("http").begin("request").put("id", requestId).end().end();
        record.begin("user").put("name", user).put("roles", roles).end();
        record.put("trace_id", traceId).put("span_id", spanId);
    }
}
