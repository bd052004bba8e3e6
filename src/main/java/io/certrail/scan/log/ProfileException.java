package io.certrail.scan.log;

/** A profile file that cannot be used; the message says where and why. */
public final class ProfileException extends Exception {
    private static final long serialVersionUID = 1;

    public ProfileException(String message) {
        super(message);
    }
}
