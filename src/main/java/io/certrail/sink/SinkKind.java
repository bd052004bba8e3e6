package io.certrail.sink;

import java.util.Locale;

/** The kinds of places that there are: a label of the metrics. */
public enum SinkKind {
    STDOUT,
    FILE,
    SYSLOG,
    WITNESS;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** The word that stands in configuration, metrics and log. */
    public String id() {
        return id;
    }
}
