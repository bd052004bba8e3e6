package io.certrail.scan.report;

import static io.certrail.scan.report.JsonReport.each;
import static io.certrail.scan.report.JsonReport.strings;

import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020): a rule and a result for each; the log is the artifact. Accepted
 * findings are suppressed (section 3.27.23). A run of which probes were lost was not successful (section 3.20.14): what it does not
 * find is not mended. {@code security-severity} is what GitHub's code scanning sorts by.
 */
public final class SarifReport {
    private static final String VERSION = "2.1.0";
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final ScanReport report;

    private SarifReport(ScanReport report) {
        this.report = report;
    }

    public static String write(ScanReport report) {
        return JsonReport.pretty(new SarifReport(report).log());
    }

    private JsonObject log() {
        JsonObjectBuilder driver = Json.createObjectBuilder()
                .add("name", "certrail scan")
                .add("version", report.version())
                .add("rules", each(report.findings(), SarifReport::rule));
        JsonObjectBuilder invocation = Json.createObjectBuilder()
                .add("executionSuccessful", report.loss().isEmpty())
                .add("startTimeUtc", report.began().toString())
                .add("endTimeUtc", report.ended().toString());
        report.loss()
                .ifPresent(loss -> invocation.add(
                        "toolExecutionNotifications",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("level", "error")
                                        .add("message", text(loss)))));
        JsonObjectBuilder run = Json.createObjectBuilder()
                .add("tool", Json.createObjectBuilder().add("driver", driver))
                .add("invocations", Json.createArrayBuilder().add(invocation))
                .add("results", results())
                .add(
                        "properties",
                        Json.createObjectBuilder()
                                .add("target", report.target())
                                .add("score", report.score()));
        return Json.createObjectBuilder()
                .add("$schema", SCHEMA)
                .add("version", VERSION)
                .add("runs", Json.createArrayBuilder().add(run))
                .build();
    }

    private static JsonObjectBuilder rule(Finding finding) {
        String help = finding.why() + (finding.remedy().isEmpty() ? "" : "\n\n" + String.join("\n", finding.remedy()));
        return Json.createObjectBuilder()
                .add("id", finding.id())
                .add("shortDescription", text(finding.title()))
                .add("fullDescription", text(finding.why()))
                .add("help", text(help))
                .add("defaultConfiguration", Json.createObjectBuilder().add("level", level(finding.severity())))
                .add(
                        "properties",
                        Json.createObjectBuilder()
                                .add("security-severity", score(finding.severity()))
                                .add("tags", tags(finding)));
    }

    private static JsonArrayBuilder tags(Finding finding) {
        JsonArrayBuilder tags = strings(List.of("security", finding.signal().id()));
        finding.clauses().stream().map(Clause::citation).forEach(tags::add);
        return tags;
    }

    private JsonArrayBuilder results() {
        JsonArrayBuilder results = Json.createArrayBuilder();
        for (int i = 0; i < report.findings().size(); i++) {
            results.add(result(report.findings().get(i), i));
        }
        return results;
    }

    private JsonObjectBuilder result(Finding finding, int rule) {
        JsonObjectBuilder result = Json.createObjectBuilder()
                .add("ruleId", finding.id())
                .add("ruleIndex", rule)
                .add("level", level(finding.severity()))
                .add("message", text(message(finding)))
                .add("locations", Json.createArrayBuilder().add(location()))
                .add("partialFingerprints", Json.createObjectBuilder().add("finding/v1", finding.id()));
        report.acceptance(finding)
                .ifPresent(acceptance -> result.add(
                        "suppressions",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("kind", "external")
                                        .add("status", "accepted")
                                        .add("justification", acceptance.reason()))));
        return result;
    }

    private static String message(Finding finding) {
        String evidence = finding.evidence().stream().map(SarifReport::line).collect(Collectors.joining("\n"));
        return finding.title() + " (" + finding.affected() + " of " + finding.tested() + ").\n" + evidence;
    }

    private static String line(Evidence evidence) {
        return evidence.subject() + ": " + Printable.of(evidence.note());
    }

    private JsonObjectBuilder location() {
        String name = report.logs().isEmpty() ? report.target() : report.logs().get(0);
        return Json.createObjectBuilder()
                .add(
                        "physicalLocation",
                        Json.createObjectBuilder()
                                .add(
                                        "artifactLocation",
                                        Json.createObjectBuilder().add("uri", uri(name))));
    }

    /** A file's name is no URI reference where it holds a space: RFC 3986 section 4.1. */
    private static String uri(String name) {
        return name.matches("https?://.*")
                ? name
                : java.nio.file.Path.of(name).toUri().getRawPath();
    }

    private static JsonObjectBuilder text(String text) {
        return Json.createObjectBuilder().add("text", text);
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    /** The middle of GitHub's bands: over 9 critical, 7 high, 4 medium, 0.1 low. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
            case INFO -> "0.0";
        };
    }
}
