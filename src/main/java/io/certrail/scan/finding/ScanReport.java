package io.certrail.scan.finding;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All of one scan.
 *
 * @param target the URL that was scanned
 * @param began when, UTC
 * @param profile the title of the profile that the log was read with
 * @param logs where the log was read from
 * @param version of Certrail
 * @param judgements of the probes, in the order in which they were made
 * @param findings the most severe first
 * @param accepted acceptances of a baseline that hold today; their findings stay in {@code findings}
 * @param remarks what the reader should know: acceptances that have expired or fit nothing, lines that fit no format
 */
public record ScanReport(
        String target,
        Instant began,
        Instant ended,
        String profile,
        List<String> logs,
        String version,
        List<Judgement> judgements,
        List<Finding> findings,
        List<Untested> untested,
        List<Acceptance> accepted,
        List<String> remarks) {
    private static final Comparator<Finding> MOST_SEVERE_FIRST =
            Comparator.comparing(Finding::severity).reversed().thenComparing(Finding::id);

    public ScanReport {
        logs = List.copyOf(logs);
        judgements = List.copyOf(judgements);
        findings = findings.stream().sorted(MOST_SEVERE_FIRST).toList();
        untested = List.copyOf(untested);
        accepted = List.copyOf(accepted);
        remarks = List.copyOf(remarks);
    }

    /** With one more remark. */
    public ScanReport remarked(String remark) {
        return new ScanReport(
                target,
                began,
                ended,
                profile,
                logs,
                version,
                judgements,
                findings,
                untested,
                accepted,
                Stream.concat(remarks.stream(), Stream.of(remark)).toList());
    }

    /** 0 to 100: the weight that all probes' checks earned of what they could earn, rounded down. */
    public int score() {
        long possible = judgements.stream().mapToLong(Judgement::possible).sum();
        long earned = judgements.stream().mapToLong(Judgement::earned).sum();
        return possible == 0 ? 0 : (int) (100 * earned / possible);
    }

    public long flawless() {
        return judgements.stream().filter(Judgement::isFlawless).count();
    }

    /** What the report does not tell, since probes found no connection, in words; empty if each found one. */
    public Optional<String> loss() {
        long lost = untested.stream().filter(Untested::lost).count();
        return lost == 0
                ? Optional.empty()
                : Optional.of(lost + " of " + (lost + judgements.size())
                        + " probes found no connection, and are not judged: is " + target
                        + " still running, and does nothing ban a client whose handshakes fail?");
    }

    public Optional<Acceptance> acceptance(Finding finding) {
        return accepted.stream()
                .filter(each -> each.finding().equals(finding.id()))
                .findFirst();
    }

    /** The findings that nobody has accepted. */
    public List<Finding> open() {
        return findings.stream().filter(each -> acceptance(each).isEmpty()).toList();
    }
}
