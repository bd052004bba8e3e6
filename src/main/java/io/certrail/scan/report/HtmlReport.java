package io.certrail.scan.report;

import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Untested;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * All of a scan as one page of HTML: no script, nothing loaded from anywhere, which its Content-Security-Policy holds
 * the browser to.
 */
public final class HtmlReport {
    private static final List<Column> COLUMNS = List.of(
            new Column(Check.RECORDED, "recorded"),
            new Column(Check.PEER, "peer"),
            new Column(Check.IDENTITY, "identity"),
            new Column(Check.REASON, "why"),
            new Column(Check.OUTCOME, "outcome"),
            new Column(Check.ONE_RECORD, "in one"),
            new Column(Check.ONCE, "once"),
            new Column(Check.REQUEST_ID, "request id"),
            new Column(Check.PROMPT, "in time"),
            new Column(Check.STRUCTURED, "structured"),
            new Column(Check.NO_LEAK, "no leak"),
            new Column(Check.NO_SECRET, "no secret"),
            new Column(Check.NO_CERTIFICATE, "no certificate"),
            new Column(Check.NO_FORGERY, "no forgery"),
            new Column(Check.CLEAN, "clean"));

    private final ScanReport report;

    private record Column(Check check, String head) {}

    private HtmlReport(ScanReport report) {
        this.report = report;
    }

    public static String write(ScanReport report) {
        return new HtmlReport(report).page();
    }

    private String page() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>certrail scan: %s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s</body>
                </html>
                """
                .formatted(Markup.of(report.target()), style(), body());
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing beside " + HtmlReport.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css cannot be read", e);
        }
    }

    private String body() {
        return head() + counts() + findings() + table() + untested() + remarks();
    }

    private String head() {
        return """
                <header>
                <p class="score %s"><strong>%d</strong> of 100</p>
                <h1>What the log of %s tells, and what it does not</h1>
                <p>%s probes, %d recorded without a fault. Log: %s, read as %s. %s to %s. Certrail %s.</p>
                </header>
                """
                .formatted(
                        report.score() >= 90 ? "good" : report.score() >= 60 ? "fair" : "bad",
                        report.score(),
                        Markup.of(report.target()),
                        report.judgements().size(),
                        report.flawless(),
                        Markup.of(String.join(", ", report.logs())),
                        Markup.of(report.profile()),
                        report.began().truncatedTo(ChronoUnit.SECONDS),
                        report.ended().truncatedTo(ChronoUnit.SECONDS),
                        Markup.of(report.version()));
    }

    private String counts() {
        List<Severity> all = Stream.of(Severity.values())
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
        return "<ul class=\"counts\">" + Markup.each(all, this::count) + "</ul>\n";
    }

    private String count(Severity severity) {
        long count = report.open().stream()
                .filter(each -> each.severity() == severity)
                .count();
        return "<li class=\"" + severity.id() + (count == 0 ? " none" : "") + "\"><strong>" + count + "</strong> "
                + severity.id() + "</li>";
    }

    private String findings() {
        String all = report.findings().isEmpty() ? "<p>None.</p>\n" : Markup.each(report.findings(), this::finding);
        return "<h2>Findings</h2>\n" + all;
    }

    private String finding(Finding finding) {
        boolean accepted = report.acceptance(finding).isPresent();
        boolean open = !accepted && finding.severity().compareTo(Severity.MEDIUM) >= 0;
        return """
                <details class="finding %s"%s>
                <summary><span class="severity">%s</span> %s <span class="of">%d of %d, %s</span></summary>
                <p>%s <code>%s</code></p>
                %s<p class="clauses">%s</p>
                %s%s</details>
                """
                .formatted(
                        accepted ? "accepted" : finding.severity().id(),
                        open ? " open" : "",
                        accepted ? "accepted" : finding.severity().id(),
                        Markup.of(finding.title()),
                        finding.affected(),
                        finding.tested(),
                        finding.signal().id(),
                        Markup.of(finding.why()),
                        Markup.of(finding.id()),
                        acceptance(finding),
                        Markup.each(finding.clauses(), HtmlReport::clause),
                        Markup.each(finding.evidence(), HtmlReport::evidence),
                        remedy(finding));
    }

    private String acceptance(Finding finding) {
        return report.acceptance(finding)
                .map(each -> "<p>Accepted until " + each.expires() + ": " + Markup.of(each.reason()) + "</p>\n")
                .orElse("");
    }

    private static String clause(Clause clause) {
        return "<span title=\"" + Markup.of(clause.says()) + "\">" + Markup.of(clause.citation()) + "</span> ";
    }

    private static String evidence(Evidence evidence) {
        String lines = evidence.lines().isEmpty()
                ? ""
                : "<pre>" + Markup.each(evidence.lines(), line -> Markup.of(line) + "\n") + "</pre>\n";
        String saw = evidence.saw().isEmpty() ? "" : " <span class=\"saw\">" + Markup.of(evidence.saw()) + "</span>";
        return "<div class=\"evidence\"><b>" + Markup.of(evidence.subject()) + "</b> " + Markup.of(evidence.note())
                + saw + lines + "</div>\n";
    }

    private static String remedy(Finding finding) {
        return finding.remedy().isEmpty()
                ? ""
                : "<p>To mend it:</p>\n<pre class=\"remedy\">"
                        + Markup.each(finding.remedy(), line -> Markup.of(line) + "\n")
                        + "</pre>\n";
    }

    private String table() {
        return "<h2>Probes</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>probe</th>"
                + Markup.each(COLUMNS, column -> "<th><span>" + column.head() + "</span></th>")
                + "<th>the client saw</th></tr></thead>\n<tbody>\n" + Markup.each(report.judgements(), HtmlReport::row)
                + "</tbody></table></div>\n";
    }

    private static String row(Judgement judgement) {
        return "<tr><td title=\"" + Markup.of(judgement.title() + "; expected: " + judgement.expected()) + "\">"
                + Markup.of(judgement.probe()) + "</td>"
                + Markup.each(COLUMNS, column -> cell(judgement.mark(column.check())))
                + "<td>" + Markup.of(judgement.saw()) + "</td></tr>\n";
    }

    private static String cell(Mark mark) {
        String sign =
                switch (mark.grade()) {
                    case PASS -> "✓";
                    case PARTIAL -> "~";
                    case FAIL -> "✗";
                    case NOT_APPLICABLE -> "·";
                };
        return "<td class=\"" + mark.grade().id() + "\" title=\"" + Markup.of(mark.note()) + "\">" + sign + "</td>";
    }

    private String untested() {
        return report.untested().isEmpty()
                ? ""
                : "<h2>Not tested</h2>\n<ul>\n" + Markup.each(report.untested(), HtmlReport::item) + "</ul>\n";
    }

    private static String item(Untested untested) {
        return "<li><b>" + Markup.of(untested.probe()) + "</b> (" + Markup.of(untested.title()) + "): "
                + Markup.of(untested.why()) + "</li>\n";
    }

    private String remarks() {
        return report.remarks().isEmpty()
                ? ""
                : "<h2>Remarks</h2>\n<ul>\n"
                        + Markup.each(report.remarks(), remark -> "<li>" + Markup.of(remark) + "</li>\n") + "</ul>\n";
    }
}
