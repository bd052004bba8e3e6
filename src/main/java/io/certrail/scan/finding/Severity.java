package io.certrail.scan.finding;

import java.util.Locale;

/** How urgent a finding is, the least first. README.md states the rule. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** One step less, but not less than {@link #INFO}. */
    public Severity lower() {
        return switch (this) {
            case CRITICAL -> HIGH;
            case HIGH -> MEDIUM;
            case MEDIUM -> LOW;
            case LOW, INFO -> INFO;
        };
    }

    /** The word that reports and options use. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
