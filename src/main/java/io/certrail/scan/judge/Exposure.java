package io.certrail.scan.judge;

import io.certrail.scan.finding.Check;
import io.certrail.scan.finding.Mark;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.probe.Credential.Presented;
import io.certrail.scan.probe.Hostile;
import io.certrail.scan.probe.Probe.Trait;
import io.certrail.scan.probe.Sighting;
import io.certrail.scan.probe.Sighting.Secret;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What gets into a log that should not, and out of the server that belongs into the log. */
final class Exposure {
    private static final Pattern STACK_TRACE = Pattern.compile(
            "\\bat [\\w.$/]+\\([\\w$]+\\.java:\\d+\\)|\\b(?:java|javax|jakarta|org|com)\\.[\\w.$]+(?:Exception|Error)\\b"
                    + "|Traceback \\(most recent call last\\)|panicked at |goroutine \\d+ \\[");

    private final Wording wording;
    private final List<LogRecord> log;

    /** @param log all of it: a secret may stand in a line that names no probe */
    Exposure(Wording wording, List<LogRecord> log) {
        this.wording = wording;
        this.log = List.copyOf(log);
    }

    Map<Check, Mark> marks(Tried tried, List<LogRecord> records) {
        Map<Check, Mark> marks = new EnumMap<>(Check.class);
        marks.put(Check.NO_LEAK, leak(tried));
        marks.put(Check.NO_SECRET, secret(tried));
        marks.put(Check.NO_CERTIFICATE, certificate(tried, records));
        marks.put(Check.NO_FORGERY, forgery(tried));
        marks.put(Check.CLEAN, clean(tried, records));
        return marks;
    }

    private Mark leak(Tried tried) {
        Sighting sighting = tried.sighting();
        if (sighting.status() < 400) {
            return Mark.notApplicable("no refusal was answered");
        }
        if (STACK_TRACE.matcher(sighting.answer()).find()) {
            return Mark.fail("the answer holds a stack trace or an exception's name");
        }
        Presented presented = sighting.presented();
        String told = presented == null
                ? sighting.answer()
                : new Identity(presented).besidesNames(sighting.answer()); // which the client knows
        Optional<String> reason = wording.leaked(told, tried.probe().expected().reasons());
        return reason.map(each -> Mark.fail("the answer tells " + each)).orElseGet(Mark::pass);
    }

    /** A token in a query is half the client's own fault. */
    private Mark secret(Tried tried) {
        if (!tried.is(Trait.SECRET)) {
            return Mark.notApplicable("none was sent");
        }
        List<String> places = tried.sighting().secrets().stream()
                .filter(each ->
                        log.stream().anyMatch(record -> record.line().text().contains(each.value())))
                .map(Secret::place)
                .toList();
        if (places.isEmpty()) {
            return Mark.pass();
        }
        String note = "the log holds " + String.join(", ", places);
        return places.equals(List.of("the query")) ? Mark.partial(note) : Mark.fail(note);
    }

    private static Mark certificate(Tried tried, List<LogRecord> records) {
        Presented presented = tried.sighting().presented();
        if (presented == null || records.isEmpty()) {
            return Mark.notApplicable("no certificate is recorded");
        }
        var identity = new Identity(presented);
        boolean whole = records.stream()
                .anyMatch(record -> identity.isWholeIn(record.line().text()));
        return Mark.of(!whole, "a line holds all of the certificate");
    }

    /** A line that begins with what the probe sent, or an object with a member of the probe's. */
    private Mark forgery(Tried tried) {
        if (!tried.is(Trait.HOSTILE)) {
            return Mark.notApplicable("nothing was forged");
        }
        String nonce = tried.sighting().nonce();
        Pattern member = Pattern.compile("[{,]\\s*\"" + Hostile.MEMBER + "\"\\s*:\\s*\"" + Pattern.quote(nonce) + "\"");
        List<String> messages =
                log.stream().map(record -> record.line().message().strip()).toList();
        boolean line = messages.stream().anyMatch(message -> message.startsWith(Hostile.json(nonce)));
        boolean inside = messages.stream()
                .anyMatch(message ->
                        message.startsWith("{") && member.matcher(message).find());
        return Mark.of(!line && !inside, line ? "a line is the client's own" : "a record has a member of the client's");
    }

    private static Mark clean(Tried tried, List<LogRecord> records) {
        if (!tried.is(Trait.HOSTILE) || records.isEmpty()) {
            return Mark.notApplicable("nothing hostile is recorded");
        }
        Pattern sent = rawControls(tried.sighting().nonce());
        boolean raw = records.stream()
                .anyMatch(record -> sent.matcher(record.line().text()).find());
        return Mark.of(!raw, "control characters stand as they were sent");
    }

    /**
     * Those of {@link Hostile} where it has them: a log may have others of its own, such as the colours of levels. A
     * carriage return at a line's end is its log's.
     */
    private static Pattern rawControls(String nonce) {
        String own = Pattern.quote(nonce);
        return Pattern.compile("(?:\\bevil(?:-" + own + ")?|" + own + "[\\\\\"']{0,4}})\r|\u001b\\[31m" + own);
    }
}
