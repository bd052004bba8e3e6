package io.certrail.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about the trail itself: {@code audit.started}, {@code audit.stopped}, {@code audit.gap},
 * {@code audit.recovered}, {@code audit.config}, {@code certificate.expiring}.
 *
 * @param name one of the names above
 * @param details what there is to say, under {@code audit.details}
 */
public record TrailEvent(String name, Instant time, Outcome outcome, @Nullable Fault fault, List<NamedValue> details)
        implements AuditEvent {
    public static final String STARTED = "audit.started";
    public static final String STOPPED = "audit.stopped";
    public static final String GAP = "audit.gap";
    public static final String RECOVERED = "audit.recovered";
    public static final String CONFIG = "audit.config";
    /** {@code event.name} of a client certificate that ends soon. */
    public static final String CERTIFICATE_EXPIRING = "certificate.expiring";

    @Override
    public long durationNanos() {
        return -1;
    }

    @Override
    public @Nullable ConnectionFacts connection() {
        return null;
    }

    @Override
    public void describe(RecordWriter record) {
        // all that there is to say stands under audit
    }

    @Override
    public void describeAudit(RecordWriter audit) {
        NamedValue.describe("details", details, audit);
    }
}
