package io.certrail.cli;

import io.certrail.verify.Finding;
import io.certrail.verify.FindingKind;
import io.certrail.verify.Place;
import io.certrail.verify.Report;
import io.certrail.verify.Severity;
import io.certrail.verify.Verdict;
import io.certrail.verify.Witnessed;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** How a report is printed. */
enum ReportFormat {
    /** For people. */
    TEXT {
        @Override
        void print(Report report, Output output) {
            PrintWriter out = output.out();
            for (Finding finding : report.findings()) {
                print(finding, output);
            }
            report.counts().forEach((kind, count) -> {
                long shown = report.findings().stream()
                        .filter(each -> each.kind() == kind)
                        .count();
                if (count > shown) {
                    out.println("… and " + (count - shown) + " more of " + kind);
                }
            });
            out.println("log         " + HarmlessText.of(report.origin()) + ", key " + HarmlessText.of(report.keyId()));
            out.println("records     " + report.records() + " from " + report.first() + ", " + report.bytes()
                    + " bytes, " + report.checkpoints() + " checkpoints");
            out.println(
                    "sealed      " + (report.size() < 0 ? "nothing" : report.size() + " records, at " + report.time()));
            for (Witnessed each : report.witnessed()) {
                out.println("witnessed   " + each.size() + " records, at " + each.time() + " by "
                        + HarmlessText.of(each.witness()));
            }
            out.println("intact      " + answer(report, Verdict.INTACT, output));
            out.println("complete    " + answer(report, Verdict.COMPLETE, output));
            out.flush();
        }

        private void print(Finding finding, Output output) {
            FindingKind kind = finding.kind();
            String style = kind.severity() == Severity.ERROR
                    ? "red,bold"
                    : kind.severity() == Severity.WARNING ? "yellow" : "faint";
            String head = kind.severity() + " " + kind;
            output.out().println(output.ansi().string("@|" + style + " " + head + "|@") + place(finding.place()));
            output.out().println("    " + HarmlessText.of(finding.detail()));
            output.out().println("    " + kind.meaning());
            output.out().println("    " + kind.advice());
        }

        private String place(Place place) {
            StringBuilder text = new StringBuilder();
            if (place.file() != null) {
                text.append(" ").append(HarmlessText.of(place.file()));
                text.append(place.line() > 0 ? ":" + place.line() : "");
                text.append(place.offset() >= 0 ? " (byte " + place.offset() + ")" : "");
            }
            return text + (place.sequence() >= 0 ? " record " + place.sequence() : "");
        }

        private String answer(Report report, Verdict verdict, Output output) {
            boolean holds = report.holds(verdict);
            boolean warned = report.counts().keySet().stream()
                    .anyMatch(kind -> kind.verdict() == verdict && kind.severity() == Severity.WARNING);
            String style = !holds ? "red,bold" : warned ? "yellow" : "green";
            String words = !holds ? "NO" : warned ? "yes, with warnings" : "yes";
            return output.ansi().string("@|" + style + " " + words + "|@");
        }
    },

    /** For programs: one object. */
    JSON {
        @Override
        void print(Report report, Output output) {
            JsonArrayBuilder findings = Json.createArrayBuilder();
            report.findings().forEach(finding -> findings.add(object(finding)));
            JsonObjectBuilder counts = Json.createObjectBuilder();
            for (Map.Entry<FindingKind, Long> count : report.counts().entrySet()) {
                counts.add(word(count.getKey()), count.getValue());
            }
            JsonObjectBuilder json = Json.createObjectBuilder()
                    .add("intact", report.holds(Verdict.INTACT))
                    .add("complete", report.holds(Verdict.COMPLETE))
                    .add("origin", report.origin())
                    .add("key", report.keyId())
                    .add("first", report.first())
                    .add("records", report.records())
                    .add("bytes", report.bytes())
                    .add("checkpoints", report.checkpoints());
            if (report.size() >= 0) {
                json.add("size", report.size());
            }
            if (report.time() != null) {
                json.add("time", report.time().toString());
            }
            if (!report.witnessed().isEmpty()) {
                JsonArrayBuilder witnessed = Json.createArrayBuilder();
                report.witnessed()
                        .forEach(each -> witnessed.add(Json.createObjectBuilder()
                                .add("witness", each.witness())
                                .add("size", each.size())
                                .add("time", each.time().toString())));
                json.add("witnessed", witnessed);
            }
            output.out()
                    .println(
                            json.add("counts", counts).add("findings", findings).build());
            output.out().flush();
        }

        private JsonObjectBuilder object(Finding finding) {
            FindingKind kind = finding.kind();
            JsonObjectBuilder json = Json.createObjectBuilder()
                    .add("kind", word(kind))
                    .add("severity", word(kind.severity()))
                    .add("verdict", word(kind.verdict()));
            Place place = finding.place();
            if (place.file() != null) {
                json.add("file", place.file());
            }
            number(json, "line", place.line(), 1);
            number(json, "offset", place.offset(), 0);
            number(json, "sequence", place.sequence(), 0);
            return json.add("detail", finding.detail())
                    .add("meaning", kind.meaning())
                    .add("advice", kind.advice());
        }

        private void number(JsonObjectBuilder json, String name, long value, long least) {
            if (value >= least) {
                json.add(name, value);
            }
        }

        private String word(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
    };

    abstract void print(Report report, Output output);
}
