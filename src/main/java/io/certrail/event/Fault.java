package io.certrail.event;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong: {@code error.type} and {@code error.message}.
 *
 * @param type a {@link Reason}'s id, {@code client_alert_<name>}, an HTTP status, or an exception's class name
 * @param message the precise cause in words, one line, at most {@value #MAX_MESSAGE} characters
 */
public record Fault(String type, @Nullable String message) {
    /** Longest {@code error.message}, in characters. */
    public static final int MAX_MESSAGE = 512;

    private static final int MAX_TYPE = 128;

    public Fault {
        type = Text.bounded(type, MAX_TYPE);
        message = message == null ? null : Text.bounded(message, MAX_MESSAGE);
    }

    public static Fault of(Reason reason, @Nullable String message) {
        return new Fault(reason.id(), message);
    }

    public static Fault of(Reason reason) {
        return new Fault(reason.id(), null);
    }

    /**
     * The client ended the handshake with an alert.
     *
     * @param alert the alert's name in RFC 8446 section 6, such as {@code unknown_ca}
     */
    public static Fault clientAlert(String alert, @Nullable String message) {
        return new Fault("client_alert_" + alert, message);
    }
}
