package io.certrail.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the trail, before it is answered: {@code app.invocation} with {@code audit.action} {@value #ACTION}.
 *
 * @param function fully qualified name of the method that answers: {@code code.function.name}
 * @param resource what is read, such as {@code /api/records}
 * @param asked all that is asked for, whole and in its order: {@code audit.arguments}
 * @param link the request that asks
 */
public record ReadingEvent(Instant time, String function, String resource, Map<String, String> asked, RequestLink link)
        implements AuditEvent {
    /** Most characters of what is asked for, names and values together: six bytes each at worst. */
    public static final int MAX_ASKED = 4096;

    private static final String ACTION = "audit.read";

    /** @throws IllegalArgumentException if more is asked for than {@link #fits}: nothing of it is left out */
    public ReadingEvent {
        if (!fits(asked)) {
            throw new IllegalArgumentException("asked: expected at most " + MAX_ASKED + " characters");
        }
        asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    }

    /** Whether a record takes all of it. */
    public static boolean fits(Map<String, String> asked) {
        return asked.entrySet().stream()
                        .mapToInt(
                                each -> each.getKey().length() + each.getValue().length())
                        .sum()
                <= MAX_ASKED;
    }

    @Override
    public String name() {
        return "app.invocation";
    }

    @Override
    public Outcome outcome() {
        return Outcome.SUCCESS;
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
        record.begin("code").begin("function").put("name", function).end().end();
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        audit.put("action", ACTION).put("resource", resource).begin("arguments");
        asked.forEach(audit::put);
        audit.end();
    }
}
