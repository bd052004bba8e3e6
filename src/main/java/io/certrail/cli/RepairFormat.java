package io.certrail.cli;

import io.certrail.trail.Chronicle.Recovered;
import io.certrail.trail.Repairs;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** How it is printed what was put right, or would be. */
enum RepairFormat {
    /** For people. */
    TEXT {
        @Override
        String text(Repairs repairs, boolean dryRun) {
            if (!repairs.isNeeded()) {
                return "nothing to do: " + repairs.next() + " records, none of them torn, all sealed\n";
            }
            StringBuilder text = new StringBuilder();
            for (Recovered torn : repairs.setAside()) {
                line(text, dryRun, "set aside", setAside(torn));
            }
            if (repairs.replayed() > 0) {
                line(text, dryRun, "written", range(repairs.replayFrom(), repairs) + " from the write-ahead log");
            }
            if (repairs.unsealed() > 0) {
                line(text, dryRun, "sealed", range(repairs.sealed(), repairs) + " that no checkpoint held");
            }
            return text.toString();
        }

        private void line(StringBuilder text, boolean dryRun, String done, String what) {
            String undone = "would be " + done;
            text.append(String.format("%-20s%s%n", dryRun ? undone : done, HarmlessText.of(what)));
        }

        private String setAside(Recovered torn) {
            return torn.bytes() + " bytes that are no record, from byte " + torn.offset() + " of entries/"
                    + torn.segment() + " on, as torn/" + torn.setAside();
        }

        private String range(long from, Repairs repairs) {
            long last = repairs.next() - 1;
            return from == last ? "record " + last : "records " + from + " to " + last;
        }
    },

    /** For programs: one object. */
    JSON {
        @Override
        String text(Repairs repairs, boolean dryRun) {
            JsonArrayBuilder torn = Json.createArrayBuilder();
            repairs.setAside().forEach(each -> torn.add(object(each)));
            return Json.createObjectBuilder()
                            .add("dry_run", dryRun)
                            .add("needed", repairs.isNeeded())
                            .add("records", repairs.next())
                            .add("set_aside", torn)
                            .add("replayed", repairs.replayed())
                            .add("unsealed", repairs.unsealed())
                            .build()
                    + "\n";
        }

        private JsonObjectBuilder object(Recovered torn) {
            return Json.createObjectBuilder()
                    .add("segment", torn.segment())
                    .add("offset", torn.offset())
                    .add("bytes", torn.bytes())
                    .add("file", "torn/" + torn.setAside());
        }
    };

    void print(Repairs repairs, boolean dryRun, Output output) {
        output.out().print(text(repairs, dryRun));
        output.out().flush();
    }

    abstract String text(Repairs repairs, boolean dryRun);
}
