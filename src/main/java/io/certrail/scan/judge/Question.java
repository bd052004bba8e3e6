package io.certrail.scan.judge;

import io.certrail.scan.finding.Grade;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.probe.Credential.Presented;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.Sighting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the records of one probe say about it. Where there are none, every mark is a fault without a note. */
final class Question {
    private static final Set<String> GOOD = Set.of("success", "ok", "true");
    private static final Set<String> BAD = Set.of("failure", "fail", "failed", "error", "false");

    private final Tried tried;
    private final Sighting sighting;
    private final ClientAddress address;
    private final List<String> reasons;
    private final List<LogRecord> records;
    private final Wording wording;
    private final Optional<Identity> identity;

    /** @param reasons expected; none: the status says it all */
    Question(Tried tried, List<String> reasons, List<LogRecord> records, Wording wording) {
        this.tried = tried;
        this.sighting = tried.sighting();
        this.address = new ClientAddress(sighting.address(), sighting.port());
        this.reasons = reasons;
        this.records = records;
        this.wording = wording;
        Presented presented = sighting.presented();
        this.identity = presented == null ? Optional.empty() : Optional.of(new Identity(presented));
    }

    Mark reason() {
        if (reasons.isEmpty() && !sighting.hasStatus()) {
            return Mark.notApplicable("nothing went wrong");
        }
        return switch (best()) {
            case PASS -> Mark.pass();
            case PARTIAL -> Mark.partial("only the kind of fault is told, not " + wanted());
            default -> Mark.fail(records.isEmpty() ? "" : "nothing tells " + wanted());
        };
    }

    private String wanted() {
        return reasons.isEmpty() ? "status " + sighting.status() : String.join(" or ", reasons);
    }

    private Grade best() {
        return records.stream().map(this::grade).min(Comparator.naturalOrder()).orElse(Grade.FAIL);
    }

    /** How well one record says what happened. */
    private Grade grade(LogRecord record) {
        if (reasons.isEmpty()) {
            return !sighting.hasStatus() || statesStatus(record) ? Grade.PASS : Grade.FAIL;
        }
        String said = identity.map(each -> each.besidesNames(record)).orElseGet(record::text);
        Grade grade = wording.grade(record, said, reasons);
        return grade == Grade.FAIL && sighting.hasStatus() && statesStatus(record) ? Grade.PARTIAL : grade;
    }

    private boolean statesStatus(LogRecord record) {
        String status = Integer.toString(sighting.status());
        return record.get(Field.STATUS).map(status::equals).orElseGet(() -> Wording.has(record, status));
    }

    Mark identity() {
        if (identity.isEmpty()) {
            return Mark.notApplicable("no certificate was presented");
        }
        return Mark.of(records.stream().anyMatch(this::statesIdentity), missing("neither subject nor serial number"));
    }

    private boolean statesIdentity(LogRecord record) {
        return identity.map(each -> each.isStated(record)).orElse(true);
    }

    Mark peer() {
        if (records.stream().anyMatch(this::statesPeer)) {
            return Mark.pass();
        }
        return records.stream().anyMatch(this::statesAddress)
                ? Mark.partial("the port is missing")
                : Mark.fail(missing("neither address nor port"));
    }

    private boolean statesPeer(LogRecord record) {
        String port = Integer.toString(sighting.port());
        return statesAddress(record)
                && record.get(Field.PORT).map(port::equals).orElseGet(() -> address.isWithPortIn(record.text()));
    }

    private boolean statesAddress(LogRecord record) {
        return record.get(Field.ADDRESS)
                .map(address::is)
                .orElseGet(() -> address.isIn(record.text()) || address.isWithPortIn(record.text()));
    }

    Mark outcome() {
        boolean told = records.stream().anyMatch(record -> statesOutcome(record) || saysWhatHappened(record));
        return Mark.of(told, missing("neither a status nor success or failure"));
    }

    private boolean saysWhatHappened(LogRecord record) {
        return sighting.hasStatus() ? statesStatus(record) : !reasons.isEmpty() && grade(record) != Grade.FAIL;
    }

    private boolean statesOutcome(LogRecord record) {
        String stated = record.get(Field.OUTCOME).orElse("").toLowerCase(java.util.Locale.ROOT);
        return (reasons.isEmpty() ? GOOD : BAD).contains(stated) || (!reasons.isEmpty() && statesError(record));
    }

    /** A status of 400 or more: also where the client never saw it, for it was no longer there. */
    private static boolean statesError(LogRecord record) {
        return record.get(Field.STATUS)
                .filter(status -> status.matches("[45]\\d\\d"))
                .isPresent();
    }

    Mark inOne() {
        boolean one = records.stream().anyMatch(this::saysAll);
        return Mark.of(one, missing("no line has all of it"));
    }

    private boolean saysAll(LogRecord record) {
        return statesPeer(record) && statesIdentity(record) && grade(record) == Grade.PASS;
    }

    Mark requestId() {
        if (!tried.is(Trait.REQUEST)
                || !sighting.hasStatus()
                || sighting.requestIds().isEmpty()) {
            return Mark.notApplicable("no request was read");
        }
        boolean told = records.stream()
                .anyMatch(record -> sighting.requestIds().stream().anyMatch(id -> statesId(record, id)));
        return Mark.of(told, missing("id " + sighting.requestIds().get(0)));
    }

    private static boolean statesId(LogRecord record, String id) {
        return record.is(Field.REQUEST_ID, id) || Wording.has(record, id);
    }

    /** Of the records that say why: a structured one beside a free text does not help who reads the text. */
    Mark structured() {
        Comparator<LogRecord> bySaying = Comparator.comparing(this::grade);
        Optional<LogRecord> telling = records.stream().min(bySaying.thenComparing(record -> !record.structured()));
        return Mark.of(telling.map(LogRecord::structured).orElse(false), missing("it is free text"));
    }

    private String missing(String what) {
        return records.isEmpty() ? "" : what;
    }
}
