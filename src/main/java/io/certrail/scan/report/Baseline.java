package io.certrail.scan.report;

import io.certrail.scan.finding.Acceptance;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.ScanReport;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings that somebody has accepted, with a reason, until a day:
 * <pre>{"accepted": [{"finding": "late/input", "reason": "the log is shipped hourly", "expires": "2027-03-31"}]}</pre>
 */
public final class Baseline {
    private final List<Acceptance> acceptances;

    private Baseline(List<Acceptance> acceptances) {
        this.acceptances = List.copyOf(acceptances);
    }

    /**
     * Reads a baseline.
     *
     * @throws IllegalArgumentException if it is none, with what was expected
     */
    public static Baseline parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            List<Acceptance> all = new ArrayList<>();
            for (JsonObject each : reader.readObject().getJsonArray("accepted").getValuesAs(JsonObject.class)) {
                all.add(new Acceptance(
                        each.getString("finding"),
                        each.getString("reason"),
                        LocalDate.parse(each.getString("expires"))));
            }
            return new Baseline(all);
        } catch (JsonException | NullPointerException | ClassCastException | DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected {\"accepted\": [{\"finding\": ID, \"reason\": TEXT, \"expires\": YYYY-MM-DD}]}, but "
                            + e.getMessage(),
                    e);
        }
    }

    /** The report with what is accepted on that day, and remarks about acceptances that have expired or fit nothing. */
    public ScanReport applied(ScanReport report, LocalDate today) {
        List<Acceptance> holding = new ArrayList<>(report.accepted());
        List<String> remarks = new ArrayList<>(report.remarks());
        List<String> found = report.findings().stream().map(Finding::id).toList();
        for (Acceptance each : acceptances) {
            if (!found.contains(each.finding())) {
                remarks.add("the baseline accepts " + each.finding() + ", which was not found: remove it");
            } else if (today.isAfter(each.expires())) {
                remarks.add("the acceptance of " + each.finding() + " expired on " + each.expires());
            } else {
                holding.add(each);
            }
        }
        return new ScanReport(
                report.target(),
                report.began(),
                report.ended(),
                report.profile(),
                report.logs(),
                report.version(),
                report.judgements(),
                report.findings(),
                report.untested(),
                holding,
                remarks);
    }
}
