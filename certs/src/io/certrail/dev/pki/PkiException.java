package io.certrail.dev.pki;

import org.jspecify.annotations.Nullable;

/** A PKI folder that cannot be used; the message is one line for the operator and says what to do. */
public final class PkiException extends Exception {
    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        this(message, null);
    }

    PkiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
