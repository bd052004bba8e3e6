package io.certrail.scan.finding;

import java.util.List;

/**
 * One thing to be mended.
 *
 * @param id {@code <fault>/<signal>}, or {@code config/<setting>}: the same in every scan, so that a baseline can name it
 * @param affected of how many probes it is true
 * @param tested of how many probes it was asked
 * @param remedy lines of that server's configuration to add, or what to do; empty where we know none
 */
public record Finding(
        String id,
        Severity severity,
        Signal signal,
        String title,
        String why,
        List<Clause> clauses,
        List<Evidence> evidence,
        int affected,
        int tested,
        List<String> remedy) {
    public Finding {
        clauses = List.copyOf(clauses);
        evidence = List.copyOf(evidence);
        remedy = List.copyOf(remedy);
    }

    /** The part of the id that says what is wrong, the same for all signals. */
    public String fault() {
        return id.startsWith("config/") ? id : id.substring(0, id.indexOf('/'));
    }
}
