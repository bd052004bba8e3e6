package io.certrail.scan.report;

import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.finding.Untested;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The probes as JUnit's XML, for pipelines: a test case each, which fails where a finding of at least a given severity rests
 * on it; findings of the configuration are test cases, too; what was not tested is skipped, but for a probe that found no
 * connection: that is an error.
 */
public final class JunitReport {
    private final ScanReport report;
    private final Severity least;

    private JunitReport(ScanReport report, Severity least) {
        this.report = report;
        this.least = least;
    }

    /** @param failOn the least severity that is a failure */
    public static String write(ScanReport report, Severity failOn) {
        return new JunitReport(report, failOn).suite();
    }

    private String suite() {
        List<String> cases = Stream.of(
                        report.judgements().stream().map(this::probe),
                        report.findings().stream()
                                .filter(each -> each.id().startsWith("config/"))
                                .map(this::setting),
                        report.untested().stream().map(JunitReport::notMade))
                .flatMap(each -> each)
                .toList();
        long failures = cases.stream().filter(each -> each.contains("<failure")).count();
        long lost = report.untested().stream().filter(Untested::lost).count();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="certrail scan %s" tests="%d" failures="%d" errors="%d" skipped="%d" time="%s" timestamp="%s">
                %s</testsuite>
                """
                .formatted(
                        Markup.of(report.target()),
                        cases.size(),
                        failures,
                        lost,
                        report.untested().size() - lost,
                        seconds(),
                        report.began().toString().substring(0, "2026-01-01T00:00:00".length()),
                        String.join("", cases));
    }

    private String seconds() {
        long millis = Duration.between(report.began(), report.ended()).toMillis();
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private String probe(Judgement judgement) {
        List<String> failures = report.open().stream()
                .filter(finding -> finding.severity().compareTo(least) >= 0)
                .flatMap(finding -> finding.evidence().stream()
                        .filter(evidence -> evidence.subject().equals(judgement.probe()))
                        .map(evidence -> finding.title() + ": " + evidence.note()))
                .toList();
        String lines = String.join("\n", judgement.lines());
        String found = failures.isEmpty()
                ? ""
                : "<failure message=\"" + Markup.of(String.join("; ", failures)) + "\">" + Markup.of(lines)
                        + "</failure>";
        return testCase(judgement.signal(), judgement.probe(), found);
    }

    private String setting(Finding finding) {
        boolean fails = report.open().contains(finding) && finding.severity().compareTo(least) >= 0;
        String found = fails
                ? "<failure message=\"" + Markup.of(finding.title()) + "\">" + Markup.of(finding.why()) + "</failure>"
                : "";
        return testCase(finding.signal(), finding.id(), found);
    }

    private static String notMade(Untested untested) {
        return "  <testcase classname=\"scan\" name=\"" + Markup.of(untested.probe()) + "\"><"
                + (untested.lost() ? "error" : "skipped") + " message=\"" + Markup.of(untested.why())
                + "\"/></testcase>\n";
    }

    private static String testCase(Signal signal, String name, String content) {
        return "  <testcase classname=\"scan." + signal.id() + "\" name=\"" + Markup.of(name) + "\">" + content
                + "</testcase>\n";
    }
}
