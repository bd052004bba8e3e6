package io.certrail.verify;

import io.certrail.event.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers findings; of each kind the first hundred, and counts the rest: a trail of another's making is all findings. For one thread. */
final class Findings {
    private static final int MOST = 100;
    /** Of a detail, in characters: it may quote a line, which may have megabytes. */
    private static final int MAX_DETAIL = 2000;

    private final Map<FindingKind, Long> counts = new EnumMap<>(FindingKind.class);
    private final List<Finding> kept = new ArrayList<>();

    void add(FindingKind kind, Place place, String detail) {
        if (counts.merge(kind, 1L, Long::sum) <= MOST) {
            kept.add(new Finding(kind, place, Text.bounded(detail, MAX_DETAIL)));
        }
    }

    Map<FindingKind, Long> counts() {
        return counts;
    }

    /** The gravest first. */
    List<Finding> kept() {
        kept.sort(Comparator.comparing((Finding finding) -> finding.kind().severity())
                .reversed()
                .thenComparing(Finding::kind));
        return kept;
    }
}
