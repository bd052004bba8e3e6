package io.certrail.api;

import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/** The request in flight that a servlet request carries. */
final class CurrentRequest {
    private CurrentRequest() {}

    /** {@code null} if no filter and no adapter met it. */
    static @Nullable RequestInFlight find(ServletRequest request) {
        return request.getAttribute(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight ? inFlight : null;
    }

    /** @throws IllegalStateException if no filter and no adapter met it: then the deployment lacks its filter */
    static RequestInFlight of(ServletRequest request) {
        RequestInFlight inFlight = find(request);
        if (inFlight == null) {
            throw new IllegalStateException("the request was not opened: the audit filter is not in its path");
        }
        return inFlight;
    }
}
