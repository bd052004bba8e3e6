package io.certrail.trail;

import java.io.IOException;

/** Somebody else deleted, replaced, cut or lengthened the segment that is being written. */
final class ForeignChangeException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignChangeException(String message) {
        super(message);
    }
}
