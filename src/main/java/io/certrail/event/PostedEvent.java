package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An application's event that another service posted under its certificate's identity: {@code app.event}. What was
 * posted stands under {@code app}, apart from who posted it.
 *
 * @param time when it was received
 * @param posted what was posted
 * @param link who posted it
 */
public record PostedEvent(Instant time, Posted posted, RequestLink link) implements AuditEvent {
    /**
     * The posted part, checked by the resource that took it.
     *
     * @param action what was done
     * @param resource to what
     * @param message in the poster's words
     * @param time when it happened, by the poster's clock
     */
    public record Posted(
            String action,
            @Nullable String resource,
            Outcome outcome,
            @Nullable String message,
            @Nullable Instant time,
            List<NamedValue> attributes) {}

    @Override
    public String name() {
        return "app.event";
    }

    @Override
    public Outcome outcome() {
        return posted.outcome();
    }

    @Override
    public long durationNanos() {
        return -1;
    }

    @Override
    public @Nullable Fault fault() {
        return null;
    }

    @Override
    public @Nullable ConnectionFacts connection() {
        return link.connection();
    }

    @Override
    public void describe(RecordWriter record) {
        link.describe(record);
        record.begin("app")
                .put("action", posted.action())
                .put("resource", posted.resource())
                .put("message", posted.message())
                .put("time", posted.time());
        NamedValue.describe("attributes", posted.attributes(), record);
        record.end();
    }
}
