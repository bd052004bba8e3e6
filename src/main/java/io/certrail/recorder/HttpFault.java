package io.certrail.recorder;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import org.jspecify.annotations.Nullable;

/** What a final status says went wrong, where nobody knows better. */
final class HttpFault {
    private HttpFault() {}

    /** The fault of a status, or {@code null} below 400. */
    static @Nullable Fault of(int status) {
        return switch (status) {
            case 401 -> Fault.of(Reason.UNAUTHENTICATED);
            case 403 -> Fault.of(Reason.FORBIDDEN);
            case 404 -> Fault.of(Reason.NOT_FOUND);
            case 405 -> Fault.of(Reason.METHOD_NOT_ALLOWED);
            case 408 -> Fault.of(Reason.REQUEST_TIMEOUT);
            case 413 -> Fault.of(Reason.PAYLOAD_TOO_LARGE);
            case 414 -> Fault.of(Reason.URI_TOO_LONG);
            case 415 -> Fault.of(Reason.UNSUPPORTED_MEDIA_TYPE);
            case 431 -> Fault.of(Reason.HEADER_TOO_LARGE);
            case 500 -> Fault.of(Reason.SERVER_ERROR);
            default -> status < 400 ? null : new Fault(Integer.toString(status), null);
        };
    }
}
