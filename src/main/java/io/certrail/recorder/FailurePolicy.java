package io.certrail.recorder;

import java.util.Locale;

/** What happens to requests while the trail cannot be written: {@code certrail.on-failure}. */
public enum FailurePolicy {
    /** They are answered 503 with {@code Retry-After}, and readiness is down. */
    REFUSE,
    /** They are served, counted, and the gap is recorded as soon as writing works again. */
    CONTINUE;

    /** The word that stands in configuration and records. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
