package io.certrail.dev.pki;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says when something ends, if that is soon or over. */
final class Expiry {
    /** Enough to notice, and to make a new one, before it hurts. */
    static final Duration SOON = Duration.ofDays(7);

    private Expiry() {}

    static Optional<String> of(String what, Instant end, Clock clock) {
        Instant now = clock.instant();
        if (end.isBefore(now)) {
            return Optional.of(what + " is out of date since " + end);
        }
        return end.isBefore(now.plus(SOON)) ? Optional.of(what + " is out of date from " + end) : Optional.empty();
    }
}
