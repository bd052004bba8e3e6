package io.certrail.scan.finding;

import java.util.Locale;

/** How a log answered a question about one probe. */
public enum Grade {
    /** As a good log would. */
    PASS,
    /** In part: only the family of a reason, only the address of a peer. */
    PARTIAL,
    /** Not at all. */
    FAIL,
    /** The question does not arise. */
    NOT_APPLICABLE;

    /** The share of a check's weight that is earned, in halves. */
    int halves() {
        return switch (this) {
            case PASS -> 2;
            case PARTIAL -> 1;
            case FAIL, NOT_APPLICABLE -> 0;
        };
    }

    public boolean counts() {
        return this != NOT_APPLICABLE;
    }

    public boolean isFault() {
        return this == FAIL || this == PARTIAL;
    }

    /** The word that reports use. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
