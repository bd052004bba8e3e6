package io.certrail.cli;

import io.certrail.event.Text;
import io.certrail.scan.Progress;
import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Untested;
import io.certrail.scan.log.LogSource;
import io.certrail.scan.probe.ProbeCatalog;
import io.certrail.scan.probe.Target;
import io.certrail.scan.report.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** A scan on a terminal. */
final class ScanText {
    private static final int EXAMPLES = 3;
    private static final int LINE = 220;

    private final Ansi ansi;

    ScanText(Ansi ansi) {
        this.ansi = ansi;
    }

    /** What is going to happen, before it does. */
    String announcement(Target target, ProbeCatalog plan, List<LogSource> logs) {
        String read = logs.stream().map(LogSource::name).collect(Collectors.joining(", "));
        return lines(
                "Scanning " + bold(target.url()) + ", and no other host: "
                        + plan.probes().size()
                        + " connections, one at a time but for those that stall; some present bad certificates.",
                "Reading " + Printable.of(read) + ". Scan only servers that you may test. Ctrl-C stops.");
    }

    /** All that would be done. */
    String plan(Target target, ProbeCatalog plan) {
        var text = new StringBuilder(lines("Would connect to " + bold(target.url()) + " for "
                + plan.probes().size() + " probes:"));
        plan.probes().forEach(probe -> text.append(row(probe.id(), probe.title())));
        text.append(untested(plan.untested()));
        return text.toString();
    }

    /** Tells each probe as it is made, in a line. */
    Progress progress(PrintWriter to) {
        return (number, of, probe, sighting) -> {
            to.print(String.format("  %3d  %-32s %s%n", number, probe.id(), Printable.of(sighting.words())));
            to.flush();
        };
    }

    String report(ScanReport report) {
        var text = new StringBuilder("\n");
        report.findings().forEach(finding -> text.append(finding(report, finding)));
        text.append(untested(report.untested()));
        report.remarks().forEach(remark -> text.append(lines("Note: " + Printable.of(remark))));
        text.append(table(report));
        text.append(lines(
                "",
                bold("Score " + report.score() + " of 100") + " for " + report.target() + ", read as "
                        + report.profile() + ". " + summary(report)));
        return text.toString();
    }

    private static String summary(ScanReport report) {
        Map<Severity, Long> counts = report.open().stream()
                .collect(Collectors.groupingBy(
                        Finding::severity,
                        () -> new TreeMap<>(java.util.Comparator.reverseOrder()),
                        Collectors.counting()));
        String found = counts.isEmpty()
                ? "no findings"
                : counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey().id())
                        .collect(Collectors.joining(", "));
        int accepted = report.findings().size() - report.open().size();
        return report.flawless() + " of " + report.judgements().size() + " probes recorded without a fault; " + found
                + (accepted == 0 ? "" : "; " + accepted + " accepted") + ".";
    }

    private String finding(ScanReport report, Finding finding) {
        var text = new StringBuilder(lines(
                severity(finding.severity()) + " " + bold(finding.title()) + "  (" + finding.affected() + " of "
                        + finding.tested() + ")",
                "   " + finding.id() + ". " + finding.why()));
        report.acceptance(finding)
                .ifPresent(each ->
                        text.append(lines("   accepted until " + each.expires() + ": " + Printable.of(each.reason()))));
        text.append(
                lines("   " + finding.clauses().stream().map(Clause::citation).collect(Collectors.joining("; "))));
        finding.evidence().stream().limit(EXAMPLES).forEach(each -> text.append(evidence(each)));
        if (finding.evidence().size() > EXAMPLES) {
            text.append(lines("   - and "
                    + finding.evidence().stream()
                            .skip(EXAMPLES)
                            .map(each -> Printable.of(each.subject()))
                            .collect(Collectors.joining(", "))));
        }
        return text.append(remedy(report, finding)).append('\n').toString();
    }

    /** Each remedy once: several findings may have the same. */
    private static String remedy(ScanReport report, Finding finding) {
        if (finding.remedy().isEmpty()) {
            return "";
        }
        Finding first = report.findings().stream()
                .filter(each -> each.remedy().equals(finding.remedy()))
                .findFirst()
                .orElse(finding);
        if (!first.id().equals(finding.id())) {
            return lines("   To mend it: as under " + first.id());
        }
        return lines("   To mend it:")
                + finding.remedy().stream()
                        .map(line -> "     " + Printable.of(line) + "\n")
                        .collect(Collectors.joining());
    }

    private static String evidence(Evidence evidence) {
        var text = new StringBuilder(
                lines("   - " + Printable.of(evidence.subject()) + ": " + Printable.of(evidence.note())
                        + (evidence.saw().isEmpty() ? "" : "; the client saw: " + Printable.of(evidence.saw()))));
        evidence.lines().stream()
                .limit(1)
                .forEach(line -> text.append(lines("       | " + Printable.of(Text.bounded(line, LINE)))));
        return text.toString();
    }

    private String untested(List<Untested> untested) {
        if (untested.isEmpty()) {
            return "";
        }
        var text = new StringBuilder(lines("", bold("Not tested") + ":"));
        untested.forEach(each -> text.append(row(each.probe(), each.why())));
        return text.append('\n').toString();
    }

    /** A row for each probe, a column for each check: what one sees at a glance. */
    private String table(ScanReport report) {
        var text = new StringBuilder(lines(
                "What the log says of each probe: R recorded, P peer, I identity, W why, O outcome, 1 in one record,",
                "= once, # request id, T in time, S structured, L no leak, K no secret, C no certificate, F no forgery,"
                        + " X clean",
                "  " + " ".repeat(32) + " RPIWO1=#TSLKCFX"));
        for (Judgement judgement : report.judgements()) {
            text.append(lines("  " + String.format("%-32s ", judgement.probe()) + marks(judgement)));
        }
        return text.toString();
    }

    private String marks(Judgement judgement) {
        var marks = new StringBuilder();
        for (Check check : List.of(
                Check.RECORDED,
                Check.PEER,
                Check.IDENTITY,
                Check.REASON,
                Check.OUTCOME,
                Check.ONE_RECORD,
                Check.ONCE,
                Check.REQUEST_ID,
                Check.PROMPT,
                Check.STRUCTURED,
                Check.NO_LEAK,
                Check.NO_SECRET,
                Check.NO_CERTIFICATE,
                Check.NO_FORGERY,
                Check.CLEAN)) {
            marks.append(mark(judgement.mark(check).grade()));
        }
        return marks.toString();
    }

    private String mark(Grade grade) {
        return switch (grade) {
            case PASS -> paint("green", "+");
            case PARTIAL -> paint("yellow", "~");
            case FAIL -> paint("red", "!");
            case NOT_APPLICABLE -> ".";
        };
    }

    private String severity(Severity severity) {
        String word = severity.id().toUpperCase(java.util.Locale.ROOT);
        return switch (severity) {
            case CRITICAL, HIGH -> paint("bold,red", word);
            case MEDIUM -> paint("bold,yellow", word);
            case LOW, INFO -> paint("bold,cyan", word);
        };
    }

    private String bold(String text) {
        return paint("bold", text);
    }

    private String paint(String style, String text) {
        return ansi.enabled() ? ansi.string("@|" + style + " " + text + "|@") : text;
    }

    private static String row(String id, String words) {
        return lines(String.format("  %-32s %s", id, Printable.of(words)));
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}
