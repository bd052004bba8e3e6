package io.certrail.interceptor;

import io.certrail.recorder.RequestInFlight;
import jakarta.enterprise.inject.Instance;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Finds the request that the calling thread serves, through the container, which knows when it is over. */
final class ServletRequests {
    private ServletRequests() {}

    /** {@code null} on a thread that serves none. */
    static @Nullable RequestInFlight current(Instance<HttpServletRequest> request) {
        try {
            return request.get().getAttribute(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight
                    ? inFlight
                    : null;
        } catch (RuntimeException e) {
            return null; // each CDI implementation says in an exception of its own that there is no request
        }
    }
}
