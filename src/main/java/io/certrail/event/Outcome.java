package io.certrail.event;

import java.util.Locale;

/** How the thing recorded ended: {@code event.outcome} of the Elastic Common Schema. */
public enum Outcome {
    SUCCESS,
    FAILURE,
    /** Neither can be said, as of a connection that was open when the server stopped. */
    UNKNOWN;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The word that stands in a record. */
    public String id() {
        return id;
    }
}
