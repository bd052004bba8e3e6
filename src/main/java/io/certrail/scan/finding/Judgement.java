package io.certrail.scan.finding;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the log made of one probe.
 *
 * @param probe its id
 * @param title what it does, in words
 * @param expected what a good log would state: reasons, or how it ends
 * @param saw what the client saw, in words
 * @param lines the log's lines about it, bounded
 * @param marks an answer to each check
 */
public record Judgement(
        String probe,
        String title,
        Signal signal,
        String expected,
        String saw,
        List<String> lines,
        Map<Check, Mark> marks) {
    public Judgement {
        lines = List.copyOf(lines);
        marks = Collections.unmodifiableMap(new EnumMap<>(marks));
    }

    public Mark mark(Check check) {
        return marks.getOrDefault(check, Mark.notApplicable("not asked"));
    }

    /** Weight earned, in halves. */
    int earned() {
        return marks.entrySet().stream()
                .mapToInt(
                        each -> each.getKey().weight() * each.getValue().grade().halves())
                .sum();
    }

    /** Weight that could have been earned, in halves. */
    int possible() {
        return 2
                * marks.entrySet().stream()
                        .filter(each -> each.getValue().grade().counts())
                        .mapToInt(each -> each.getKey().weight())
                        .sum();
    }

    public boolean isFlawless() {
        return marks.values().stream().noneMatch(mark -> mark.grade().isFault());
    }
}
