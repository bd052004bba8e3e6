package io.certrail.verify;

/** How grave a finding is. */
public enum Severity {
    /** Told so that nothing is hidden: nothing is wrong. */
    INFORMATION,
    /** Nothing is proved wrong, but somebody should look. */
    WARNING,
    /** The verdict is that it is not. */
    ERROR
}
