package io.certrail.scan.judge;

import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Clause;
import io.certrail.scan.finding.Evidence;
import io.certrail.scan.finding.Finding;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Signal;
import io.certrail.scan.log.Profile;
import java.util.ArrayList;
import java.util.List;

/** Gathers faults into findings: one for each check and signal. */
public final class Findings {
    private final List<Judgement> judgements;
    private final Profile profile;

    public Findings(List<Judgement> judgements, Profile profile) {
        this.judgements = List.copyOf(judgements);
        this.profile = profile;
    }

    public List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        for (Check check : Check.values()) {
            for (Signal signal : Signal.values()) {
                List<Judgement> asked = judgements.stream()
                        .filter(each -> check.signal(each.signal()) == signal)
                        .filter(each -> each.mark(check).grade().counts())
                        .filter(each -> !check.needsRecord() || isRecorded(each))
                        .toList();
                List<Judgement> faults = asked.stream()
                        .filter(each -> each.mark(check).grade().isFault())
                        .toList();
                if (!faults.isEmpty()) {
                    findings.add(finding(check, signal, faults, asked.size()));
                }
            }
        }
        return findings;
    }

    private static boolean isRecorded(Judgement judgement) {
        return judgement.mark(Check.RECORDED).grade() == Grade.PASS;
    }

    private Finding finding(Check check, Signal signal, List<Judgement> faults, int asked) {
        String id = check.fault() + "/" + signal.id();
        boolean partly = faults.stream().allMatch(each -> each.mark(check).grade() == Grade.PARTIAL);
        return new Finding(
                id,
                check.severity(signal, partly),
                signal,
                check.title(),
                check.why(),
                clauses(check, signal, faults),
                faults.stream().map(each -> evidence(each, check)).toList(),
                faults.size(),
                asked,
                profile.remedy(id));
    }

    private static Evidence evidence(Judgement judgement, Check check) {
        return new Evidence(
                judgement.probe(), judgement.saw(), judgement.mark(check).note(), judgement.lines());
    }

    /** The check's own, and those of what was not told. */
    private static List<Clause> clauses(Check check, Signal signal, List<Judgement> faults) {
        List<Clause> clauses = new ArrayList<>(check.clauses());
        if (check == Check.RECORDED) {
            switch (signal) {
                case AUTHENTICATION -> clauses.addAll(List.of(Clause.ASVS_16_3_1, Clause.PCI_10_2_1_4));
                case AUTHORIZATION ->
                    clauses.addAll(List.of(Clause.ASVS_16_3_2, Clause.PCI_10_2_1_4, Clause.API5_2023));
                case INPUT -> clauses.add(Clause.ASVS_16_3_3);
                case AVAILABILITY -> clauses.add(Clause.ASVS_16_3_4);
                case DATA_EXPOSURE -> clauses.add(Clause.PCI_10_2_1_1);
            }
        }
        if (check == Check.DECISION
                && faults.stream().anyMatch(each -> each.probe().contains("revoked"))) {
            clauses.add(Clause.CWE_299);
        }
        return clauses;
    }
}
