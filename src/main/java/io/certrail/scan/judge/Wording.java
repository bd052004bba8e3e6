package io.certrail.scan.judge;

import io.certrail.event.Reason;
import io.certrail.scan.finding.Grade;
import io.certrail.scan.log.Field;
import io.certrail.scan.log.LogRecord;
import io.certrail.scan.log.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether records state a reason: in the words of the profile, else in those of most servers. */
final class Wording {
    private static final Set<String> CERTIFICATE = ids(
            Reason.CERTIFICATE_REQUIRED,
            Reason.CERTIFICATE_EXPIRED,
            Reason.CERTIFICATE_NOT_YET_VALID,
            Reason.CERTIFICATE_REVOKED,
            Reason.REVOCATION_UNKNOWN,
            Reason.UNKNOWN_CA,
            Reason.SELF_SIGNED,
            Reason.WRONG_KEY_USAGE,
            Reason.NAME_CONSTRAINTS_VIOLATED,
            Reason.BAD_CERTIFICATE_VERIFY);
    private static final Set<String> HTTP =
            ids(Reason.BAD_REQUEST_LINE, Reason.HEADER_TOO_LARGE, Reason.MALFORMED_JSON, Reason.REQUEST_TIMEOUT);

    private final Profile profile;
    private final Map<String, Pattern> common;

    Wording(Profile profile, Map<String, Pattern> common) {
        this.profile = profile;
        this.common = Map.copyOf(common);
    }

    private static Set<String> ids(Reason... reasons) {
        return Set.copyOf(Stream.of(reasons).map(Reason::id).toList());
    }

    /**
     * How well a record states one of the reasons.
     *
     * @param said the record's text, without names that are the client's own
     */
    Grade grade(LogRecord record, String said, List<String> reasons) {
        if (reasons.stream().anyMatch(reason -> states(record, said, reason))) {
            return Grade.PASS;
        }
        boolean family = !profile.exactReasons() && reasons.stream().anyMatch(reason -> statesFamily(said, reason));
        return family ? Grade.PARTIAL : Grade.FAIL;
    }

    private boolean states(LogRecord record, String said, String reason) {
        if (profile.exactReasons()) {
            return record.is(Field.REASON, reason);
        }
        return profile.reason(reason)
                .or(() -> Optional.ofNullable(common.get(reason)))
                .map(pattern -> isFound(pattern, said))
                .orElse(false);
    }

    private boolean statesFamily(String said, String reason) {
        Pattern family =
                common.get(CERTIFICATE.contains(reason) ? "certificate" : HTTP.contains(reason) ? "http" : "handshake");
        return family != null && family.matcher(said).find();
    }

    /** Underscores count as spaces: X509_V_ERR_CERT_HAS_EXPIRED is a statement, too. */
    private static boolean isFound(Pattern pattern, String text) {
        return pattern.matcher(text).find()
                || pattern.matcher(text.replace('_', ' ')).find();
    }

    /** Which of a certificate's reasons an answer's text states; that it is missing the client knows by itself. */
    Optional<String> leaked(String answer, List<String> reasons) {
        return reasons.stream()
                .filter(reason -> CERTIFICATE.contains(reason) && !reason.equals(Reason.CERTIFICATE_REQUIRED.id()))
                .filter(reason -> Optional.ofNullable(common.get(reason))
                        .map(pattern -> isFound(pattern, answer))
                        .orElse(false))
                .findFirst();
    }

    /** Whether a value stands in the record, not as part of a longer one. */
    static boolean has(LogRecord record, String value) {
        return Pattern.compile("(?<![\\w.]|\\d:)" + Pattern.quote(value) + "(?![\\w.:]*\\w)")
                .matcher(record.text())
                .find();
    }
}
