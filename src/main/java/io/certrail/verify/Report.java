package io.certrail.verify;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param origin the log's name
 * @param first sequence of the first record that was looked at
 * @param records how many were
 * @param bytes of them
 * @param size how many records the newest checkpoint seals; -1: there is none to be trusted
 * @param time of that checkpoint; null where it does not say
 * @param witnessed what each witness that is trusted and cosigned at all vouches for
 * @param checkpoints how many were looked at
 * @param keyId of the key that signs now
 * @param findings of each kind the first hundred, the gravest first
 * @param counts of each kind how many
 */
public record Report(
        String origin,
        long first,
        long records,
        long bytes,
        long size,
        @Nullable Instant time,
        List<Witnessed> witnessed,
        long checkpoints,
        String keyId,
        List<Finding> findings,
        Map<FindingKind, Long> counts) {
    public Report {
        witnessed = List.copyOf(witnessed);
        findings = List.copyOf(findings);
        Map<FindingKind, Long> copy = new EnumMap<>(FindingKind.class);
        copy.putAll(counts);
        counts = copy;
    }

    /** Whether the answer to a question is yes: no error was found. */
    public boolean holds(Verdict verdict) {
        return counts.keySet().stream()
                .noneMatch(kind -> kind.verdict() == verdict && kind.severity() == Severity.ERROR);
    }

    /** Whether there is nothing that somebody should look at. */
    public boolean isGood() {
        return counts.keySet().stream().allMatch(kind -> kind.severity() == Severity.INFORMATION);
    }
}
