package io.certrail.scan.judge;

import io.certrail.event.Reason;
import io.certrail.event.Text;
import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Judgement;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import io.certrail.scan.probe.Expected.Decision;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.Sighting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Marks what a log made of probes. */
public final class Judge {
    private static final int MAX_LINES = 8;
    private static final int MAX_LINE = 1_000;

    private final Correlation correlation;
    private final Wording wording;
    private final Exposure exposure;
    private final Set<Integer> usual;
    private final Duration within;

    /**
     * A judge of one scan.
     *
     * @param records all that the log said while it was made
     * @param common how most servers word reasons
     * @param usual the statuses that a good client got
     * @param within how soon after a probe's end its record must be there
     */
    public Judge(
            Profile profile,
            Map<String, Pattern> common,
            List<LogRecord> records,
            Correlation correlation,
            Set<Integer> usual,
            Duration within) {
        this.correlation = correlation;
        this.wording = new Wording(profile, common);
        this.exposure = new Exposure(wording, records);
        this.usual = Set.copyOf(usual);
        this.within = within;
    }

    public Judgement judge(Tried tried) {
        List<LogRecord> records = correlation.of(tried);
        Map<Check, Mark> marks = new EnumMap<>(Check.class);
        var question = new Question(tried, expected(tried), records, wording);
        marks.put(Check.DECISION, decision(tried));
        marks.put(Check.RECORDED, Mark.of(!records.isEmpty(), "no line of the log names it"));
        marks.put(Check.REASON, question.reason());
        marks.put(Check.IDENTITY, question.identity());
        marks.put(Check.PEER, question.peer());
        marks.put(Check.OUTCOME, question.outcome());
        marks.put(Check.ONE_RECORD, question.inOne());
        marks.put(Check.ONCE, once(records));
        marks.put(Check.REQUEST_ID, question.requestId());
        marks.put(Check.PROMPT, prompt(tried, records));
        marks.put(Check.STRUCTURED, question.structured());
        marks.putAll(exposure.marks(tried, records));
        return new Judgement(
                tried.probe().id(),
                tried.probe().title(),
                tried.probe().signal(),
                words(expected(tried), tried.sighting()),
                tried.sighting().words(),
                lines(records),
                marks);
    }

    /**
     * What a good log would say of what the server did, be it right or wrong: a client that was served despite its
     * certificate was served, and a stall that the client ended is an abort.
     */
    private List<String> expected(Tried tried) {
        Sighting sighting = tried.sighting();
        List<String> reasons = tried.probe().expected().reasons();
        boolean servedAnyway = tried.probe().expected().decision() == Decision.REFUSE && sighting.isServedLike(usual);
        if (reasons.isEmpty() || servedAnyway || isAnsweredOtherwise(reasons, sighting)) {
            return List.of();
        }
        List<String> all = new ArrayList<>(reasons);
        if (tried.is(Trait.STALLS) && sighting.closing() == Sighting.Closing.BY_CLIENT) {
            all.add(Reason.CLIENT_ABORTED.id());
        }
        return all;
    }

    /** Where the resource takes no JSON at all, the answer's status is what there is to say. */
    private static boolean isAnsweredOtherwise(List<String> reasons, Sighting sighting) {
        return reasons.contains(Reason.MALFORMED_JSON.id())
                && sighting.hasStatus()
                && sighting.status() != 400
                && sighting.status() != 422
                && sighting.status() < 500;
    }

    private static String words(List<String> reasons, Sighting sighting) {
        if (!reasons.isEmpty()) {
            return String.join(" or ", reasons);
        }
        return sighting.hasStatus() ? "status " + sighting.status() : "an accepted handshake";
    }

    private Mark decision(Tried tried) {
        Sighting sighting = tried.sighting();
        if (tried.probe().expected().decision() != Decision.REFUSE) {
            return Mark.notApplicable("the server's affair");
        }
        if (sighting.isServedLike(usual)) {
            return Mark.fail("served: " + sighting.words());
        }
        return sighting.isServed()
                ? Mark.partial("neither refused nor served as a good client is: " + sighting.words())
                : Mark.pass();
    }

    private static Mark once(List<LogRecord> records) {
        Map<String, Integer> counts = new HashMap<>();
        for (LogRecord record : records) {
            if (record.once()) {
                String kind = record.format() + " " + record.get(Field.KIND).orElse("");
                counts.merge(kind.strip(), 1, Integer::sum);
            }
        }
        if (counts.isEmpty()) {
            return Mark.notApplicable("the log has no records of one per happening");
        }
        Optional<String> twice = counts.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(each -> each.getValue() + " records of the kind " + each.getKey())
                .findFirst();
        return twice.map(Mark::fail).orElseGet(Mark::pass);
    }

    private Mark prompt(Tried tried, List<LogRecord> records) {
        if (records.isEmpty()) {
            return Mark.fail("");
        }
        Duration late =
                Duration.between(tried.sighting().ended(), records.get(0).line().seen());
        return Mark.of(
                late.compareTo(within) <= 0,
                "it came " + late.toMillis() + " ms after the end, more than " + within.toMillis() + " ms");
    }

    private static List<String> lines(List<LogRecord> records) {
        return records.stream()
                .limit(MAX_LINES)
                .map(record -> Text.bounded(record.line().text(), MAX_LINE))
                .toList();
    }
}
