package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method marked {@code @Audited}: {@code app.invocation}.
 *
 * @param function fully qualified name of the method: {@code code.function.name}
 * @param action what was done, as the annotation names it
 * @param resource to what, as the annotation names it
 * @param arguments the chosen arguments, masked where told, in the method's order
 * @param link the request in which it was called, if any
 */
public record InvocationEvent(
        Instant time,
        Outcome outcome,
        long durationNanos,
        @Nullable Fault fault,
        String function,
        @Nullable String action,
        @Nullable String resource,
        List<NamedValue> arguments,
        @Nullable RequestLink link)
        implements AuditEvent {
    @Override
    public String name() {
        return "app.invocation";
    }

    @Override
    public @Nullable ConnectionFacts connection() {
        return link == null ? null : link.connection();
    }

    @Override
    public void describe(RecordWriter record) {
        if (link != null) {
            link.describe(record);
        }
        record.begin("code").begin("function").put("name", function).end().end();
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        audit.put("action", action).put("resource", resource);
        NamedValue.describe("arguments", arguments, audit);
    }
}
