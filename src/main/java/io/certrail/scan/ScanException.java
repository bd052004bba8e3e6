package io.certrail.scan;

/** A scan cannot be made; the message says why, and what to do. */
public final class ScanException extends Exception {
    private static final long serialVersionUID = 1;

    public ScanException(String message) {
        super(message);
    }

    public ScanException(String message, Throwable cause) {
        super(message, cause);
    }
}
