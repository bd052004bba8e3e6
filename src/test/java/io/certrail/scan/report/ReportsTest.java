package io.certrail.scan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.finding.ScanReport;
import io.certrail.scan.finding.Severity;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.finding.Untested;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Every form of a report is what its standard says, whatever the log's lines hold. */
class ReportsTest {
    private static final String HOSTILE = "<script>alert(1)</script>\u001b[2J & \"quoted\" \u202Eevil ]]>";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    private static final Untested UNNAMED =
            new Untested("server-error", "a failing resource", "name one with --failing");

    private final ScanReport report = report(List.of(UNNAMED));

    private static ScanReport report(List<Untested> untested) {
        var marks = Map.of(
                Check.RECORDED, Mark.pass(),
                Check.REASON, Mark.partial(HOSTILE),
                Check.PEER, Mark.fail("the port is missing"),
                Check.ONCE, Mark.notApplicable("no such records"));
        var judgement = new Judgement(
                "certificate-expired/1.3",
                "an expired certificate",
                Signal.AUTHENTICATION,
                "certificate_expired",
                "the handshake failed",
                List.of(HOSTILE),
                marks);
        var evidence = new Evidence("certificate-expired/1.3", "alert", HOSTILE, List.of(HOSTILE));
        return new ScanReport(
                "https://localhost:8443",
                Instant.parse("2026-11-25T16:00:00Z"),
                Instant.parse("2026-11-25T16:00:30.5Z"),
                "nginx",
                List.of("/var/log/ng inx/error.log"),
                "1.0",
                List.of(judgement),
                List.of(
                        finding("reason-missing/authentication", Severity.MEDIUM, evidence),
                        finding("not-recorded/authentication", Severity.HIGH, evidence),
                        finding(
                                "config/retention",
                                Severity.LOW,
                                new Evidence("a.properties", "1d", "short", List.of()))),
                untested,
                List.of(),
                List.of());
    }

    private static Finding finding(String id, Severity severity, Evidence evidence) {
        return new Finding(
                id,
                severity,
                Signal.AUTHENTICATION,
                "Something is wrong",
                "It matters.",
                List.of(Clause.CWE_778, Clause.ASVS_16_3_1),
                List.of(evidence),
                1,
                1,
                List.of("error_log /var/log/nginx/error.log info;"));
    }

    @Test
    void mostSevereFindingComesFirstAndTheScoreIsTheShareOfTheWeightEarned() {
        assertThat(report.findings()).extracting(Finding::severity).isSortedAccordingTo((a, b) -> b.compareTo(a));
        // recorded 5 of 5, reason 1.5 of 3, peer 0 of 2
        assertThat(report.score()).isEqualTo(65);
    }

    @Test
    void jsonKeepsItsPublishedSchema() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(resource("/io/certrail/scan/report/scan-report.schema.json"));
        JsonNode json = new ObjectMapper().readTree(JsonReport.write(accepted()));

        assertThat(schema.validate(json)).isEmpty();
        assertThat(json.at("/findings/0/evidence/0/lines/0").asText()).isEqualTo(HOSTILE);
        ((ObjectNode) json).put("score", 101);
        assertThat(schema.validate(json)).isNotEmpty();
    }

    @Test
    void reportOfAScanThatCouldNotBeMadeKeepsThatSchemaToo() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(resource("/io/certrail/scan/report/scan-report.schema.json"));
        JsonNode json = new ObjectMapper()
                .readTree(JsonReport.failed("https://h", Instant.EPOCH, Instant.EPOCH, "1", "no \"server\"\n"));

        assertThat(schema.validate(json)).isEmpty();
        assertThat(json.get("failure").asText()).isEqualTo("no \"server\"\n");
    }

    @Test
    void sarifKeepsTheSchemaOfItsStandard() throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(resource("/sarif-schema-2.1.0.json"));
        JsonNode sarif = new ObjectMapper().readTree(SarifReport.write(accepted()));

        assertThat(schema.validate(sarif)).isEmpty();
        assertThat(sarif.at("/runs/0/invocations/0/executionSuccessful").asBoolean())
                .isTrue();
        assertThat(sarif.at("/runs/0/results")).hasSize(3);
        assertThat(sarif.at("/runs/0/results/0/level").asText()).isEqualTo("error");
        assertThat(sarif.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("/var/log/ng%20inx/error.log");
        assertThat(sarif.findValuesAsText("justification")).containsExactly("known");
        ((ObjectNode) sarif.at("/runs/0/results/0")).put("level", "terrible");
        assertThat(schema.validate(sarif)).isNotEmpty();
    }

    @Test
    void scanThatLostProbesIsNoSuccessfulRun() throws Exception {
        ScanReport lost = report(List.of(
                UNNAMED, new Untested("secrets", "secrets", "no connection was made: Connection refused", true)));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(resource("/sarif-schema-2.1.0.json"));
        JsonNode sarif = new ObjectMapper().readTree(SarifReport.write(lost));

        assertThat(schema.validate(sarif)).isEmpty();
        JsonNode invocation = sarif.at("/runs/0/invocations/0");
        assertThat(invocation.get("executionSuccessful").asBoolean()).isFalse();
        assertThat(invocation.at("/toolExecutionNotifications/0/message/text").asText())
                .startsWith("1 of 2 probes found no connection");
        Document all = xml(JunitReport.write(lost, Severity.MEDIUM));
        assertThat(all.getDocumentElement().getAttribute("errors")).isEqualTo("1");
        assertThat(all.getDocumentElement().getAttribute("skipped")).isEqualTo("1");
        assertThat(all.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void junitFailsProbesOfSevereFindingsThatNobodyAccepted() throws Exception {
        Document all = xml(JunitReport.write(report, Severity.MEDIUM));
        assertThat(all.getDocumentElement().getAttribute("tests")).isEqualTo("3");
        assertThat(all.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(all.getDocumentElement().getAttribute("skipped")).isEqualTo("1");
        assertThat(all.getDocumentElement().getAttribute("time")).isEqualTo("30.500");
        assertThat(all.getElementsByTagName("failure").getLength()).isEqualTo(1);

        assertThat(xml(JunitReport.write(report, Severity.CRITICAL))
                        .getElementsByTagName("failure")
                        .getLength())
                .isZero();
        assertThat(xml(JunitReport.write(report, Severity.LOW))
                        .getElementsByTagName("failure")
                        .getLength())
                .isEqualTo(2);
    }

    @Test
    void htmlLoadsNothingRunsNothingAndEscapesAll() {
        String html = HtmlReport.write(accepted());

        assertThat(html)
                .contains(
                        "Content-Security-Policy", "default-src 'none'", "&lt;script&gt;", "Accepted until 2027-01-01")
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("\u001b", "\u202E", "http://", "@import", "url(");
        assertThat(html.replaceAll("https://localhost:8443", "")).doesNotContain("https://");
    }

    @Test
    void acceptanceHoldsUntilItsDayAndStaleOnesAreTold() {
        ScanReport today = baseline("not-recorded/authentication", "2026-11-25").applied(report, TODAY);
        assertThat(today.open()).extracting(Finding::id).doesNotContain("not-recorded/authentication");
        assertThat(today.findings()).hasSize(3);

        ScanReport tomorrow =
                baseline("not-recorded/authentication", "2026-11-24").applied(report, TODAY);
        assertThat(tomorrow.open()).hasSize(3);
        assertThat(tomorrow.remarks()).singleElement().asString().contains("expired on 2026-11-24");

        ScanReport other = baseline("late/input", "2027-11-24").applied(report, TODAY);
        assertThat(other.remarks()).singleElement().asString().contains("was not found");
    }

    @Test
    void baselineWithoutReasonOrDayIsRefused() {
        assertThatThrownBy(() -> Baseline.parse(
                        "{\"accepted\":[{\"finding\":\"a/b\",\"reason\":\" \",\"expires\":\"2027-01-01\"}]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with a reason");
        for (String bad : List.of(
                "[]", "{}", "{\"accepted\":[{\"finding\":\"a/b\",\"reason\":\"x\",\"expires\":\"soon\"}]}", "{")) {
            assertThatThrownBy(() -> Baseline.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }

    private ScanReport accepted() {
        return baseline("reason-missing/authentication", "2027-01-01").applied(report, TODAY);
    }

    private static Baseline baseline(String finding, String expires) {
        return Baseline.parse("{\"accepted\":[{\"finding\":\"" + finding + "\",\"reason\":\"known\",\"expires\":\""
                + expires + "\"}]}");
    }

    private static InputStream resource(String name) {
        return ReportsTest.class.getResourceAsStream(name);
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }
}
