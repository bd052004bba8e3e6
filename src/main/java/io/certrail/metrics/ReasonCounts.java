package io.certrail.metrics;

import io.certrail.event.Fault;
import io.certrail.event.Outcome;
import io.certrail.metrics.Meters.Count;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts by outcome and reason, and by class of status where there is one. A series begins when it is first counted:
 * most of the some thousand never are.
 */
final class ReasonCounts {
    private static final List<String> CLASSES = List.of("none", "1xx", "2xx", "3xx", "4xx", "5xx");

    private final Meters meters;
    private final Meter meter;
    private final boolean withStatus;
    /** By outcome, class of status and reason. */
    private final Map<Outcome, List<Map<String, Count>>> counts = new EnumMap<>(Outcome.class);

    ReasonCounts(Meters meters, Meter meter, boolean withStatus) {
        this.meters = meters;
        this.meter = meter;
        this.withStatus = withStatus;
        for (Outcome outcome : Outcome.values()) {
            counts.put(
                    outcome,
                    CLASSES.stream()
                            .map(c -> (Map<String, Count>) new ConcurrentHashMap<String, Count>())
                            .toList());
        }
    }

    /** @param status of HTTP, or -1 */
    void add(Outcome outcome, int status, @Nullable Fault fault) {
        int statusClass = status < 100 || status > 599 ? 0 : status / 100;
        String reason = ReasonLabels.of(fault);
        Map<String, Count> byReason = counts.getOrDefault(outcome, List.of()).get(statusClass);
        Count count = byReason.get(reason); // cheaper than computeIfAbsent where it is there
        if (count == null) {
            count = byReason.computeIfAbsent(reason, r -> count(outcome, CLASSES.get(statusClass), r));
        }
        count.add();
    }

    private Count count(Outcome outcome, String statusClass, String reason) {
        Label byOutcome = new Label("outcome", outcome.id());
        Label byReason = new Label("reason", reason);
        return withStatus
                ? meters.count(meter, byOutcome, byReason, new Label("status", statusClass))
                : meters.count(meter, byOutcome, byReason);
    }
}
