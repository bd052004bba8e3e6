package io.certrail.scan.report;

import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Untested;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** All of a scan as one JSON object; {@code scan-report.schema.json} beside this class describes it. */
public final class JsonReport {
    /** Of the form; one that changes a member's meaning, or takes one away, is another. */
    private static final String SCHEMA = "1";

    private final ScanReport report;

    private JsonReport(ScanReport report) {
        this.report = report;
    }

    public static String write(ScanReport report) {
        return pretty(new JsonReport(report).object().build());
    }

    /**
     * The report of a scan that could not be made: in the same form, without probes.
     *
     * @param version of Certrail
     * @param why in words
     */
    public static String failed(String target, Instant began, Instant ended, String version, String why) {
        var nothing = new ScanReport(
                target, began, ended, "none", List.of(), version, List.of(), List.of(), List.of(), List.of(),
                List.of());
        return pretty(new JsonReport(nothing).object().add("failure", why).build());
    }

    static String pretty(JsonObject object) {
        var text = new StringWriter();
        try (JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString().strip() + "\n";
    }

    private JsonObjectBuilder object() {
        return Json.createObjectBuilder()
                .add("schema", SCHEMA)
                .add(
                        "tool",
                        Json.createObjectBuilder().add("name", "certrail scan").add("version", report.version()))
                .add("target", report.target())
                .add("began", report.began().toString())
                .add("ended", report.ended().toString())
                .add("profile", report.profile())
                .add("logs", strings(report.logs()))
                .add("score", report.score())
                .add("findings", each(report.findings(), this::finding))
                .add("probes", each(report.judgements(), JsonReport::probe))
                .add("untested", each(report.untested(), JsonReport::untested))
                .add("remarks", strings(report.remarks()));
    }

    private JsonObjectBuilder finding(Finding finding) {
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("id", finding.id())
                .add("severity", finding.severity().id())
                .add("signal", finding.signal().id())
                .add("title", finding.title())
                .add("why", finding.why())
                .add("affected", finding.affected())
                .add("tested", finding.tested())
                .add("clauses", each(finding.clauses(), JsonReport::clause))
                .add("evidence", each(finding.evidence(), JsonReport::evidence))
                .add("remedy", strings(finding.remedy()));
        report.acceptance(finding)
                .ifPresent(acceptance -> object.add(
                        "accepted",
                        Json.createObjectBuilder()
                                .add("reason", acceptance.reason())
                                .add("expires", acceptance.expires().toString())));
        return object;
    }

    private static JsonObjectBuilder clause(Clause clause) {
        return Json.createObjectBuilder()
                .add("standard", clause.standard())
                .add("number", clause.number())
                .add("says", clause.says());
    }

    private static JsonObjectBuilder evidence(Evidence evidence) {
        return Json.createObjectBuilder()
                .add("subject", evidence.subject())
                .add("saw", evidence.saw())
                .add("note", evidence.note())
                .add("lines", strings(evidence.lines()));
    }

    private static JsonObjectBuilder probe(Judgement judgement) {
        JsonObjectBuilder checks = Json.createObjectBuilder();
        judgement.marks().forEach((check, mark) -> checks.add(word(check), mark(mark)));
        return Json.createObjectBuilder()
                .add("id", judgement.probe())
                .add("title", judgement.title())
                .add("signal", judgement.signal().id())
                .add("expected", judgement.expected())
                .add("saw", judgement.saw())
                .add("checks", checks)
                .add("lines", strings(judgement.lines()));
    }

    private static String word(Check check) {
        return check.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static JsonObjectBuilder mark(Mark mark) {
        JsonObjectBuilder object =
                Json.createObjectBuilder().add("grade", mark.grade().id());
        return mark.note().isEmpty() ? object : object.add("note", mark.note());
    }

    private static JsonObjectBuilder untested(Untested untested) {
        return Json.createObjectBuilder()
                .add("id", untested.probe())
                .add("title", untested.title())
                .add("why", untested.why());
    }

    static JsonArrayBuilder strings(List<String> texts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    static <T> JsonArrayBuilder each(List<T> all, Function<T, JsonObjectBuilder> object) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        all.forEach(one -> array.add(object.apply(one)));
        return array;
    }
}
