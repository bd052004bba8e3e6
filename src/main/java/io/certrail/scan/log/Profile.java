package io.certrail.scan.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one server's log looks like.
 *
 * @param name a word
 * @param title told in reports
 * @param formats the forms of its lines; the first that fits is taken
 * @param exactReasons whether the field of the reason holds the very words of {@code event.Reason}
 * @param joinWithin how far apart lines with the same connection may come and still be of the same one
 * @param reasons how it words reasons, where it words them otherwise than most
 * @param remedies what to configure, by the word for a fault, or that with its signal: {@code not-recorded/input}
 */
public record Profile(
        String name,
        String title,
        List<LineFormat> formats,
        boolean exactReasons,
        Duration joinWithin,
        Map<String, Pattern> reasons,
        Map<String, List<String>> remedies) {
    public Profile {
        formats = List.copyOf(formats);
        reasons = Map.copyOf(reasons);
        remedies = Map.copyOf(remedies);
    }

    public LogRecord read(LogLine line) {
        return formats.stream()
                .flatMap(format -> format.read(line).stream())
                .findFirst()
                .orElseGet(() -> LogRecord.plain(line));
    }

    /** Whether a line has one of the forms. */
    boolean fits(LogLine line) {
        return formats.stream().anyMatch(format -> format.read(line).isPresent());
    }

    public Optional<Pattern> reason(String reason) {
        return Optional.ofNullable(reasons.get(reason));
    }

    /** Lines of configuration against a finding; empty if none are known. */
    public List<String> remedy(String finding) {
        String fault = finding.substring(0, finding.indexOf('/'));
        return remedies.getOrDefault(finding, remedies.getOrDefault(fault, List.of()));
    }
}
