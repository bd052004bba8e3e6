package io.certrail.scan.finding;

import java.time.LocalDate;

/**
 * A finding that somebody has accepted.
 *
 * @param finding its id
 * @param expires the last day on which it is accepted
 */
public record Acceptance(String finding, String reason, LocalDate expires) {
    public Acceptance {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("finding " + finding + ": accept it with a reason");
        }
    }
}
