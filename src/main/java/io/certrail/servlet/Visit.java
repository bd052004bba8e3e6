package io.certrail.servlet;

import io.certrail.event.RefusedBy;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * One request on its way through the application. One that the filter opened is closed here; of one that a server
 * adapter opened the end is the adapter's, who sees the answer leave.
 *
 * <p>Belongs to the request: used by the thread that serves it, and by {@link AsyncEnd} afterwards.
 */
final class Visit {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Recorder recorder;
    private final KnownRoles roles;
    private final RequestInFlight inFlight;
    private final boolean mine;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Visit(
            Recorder recorder,
            KnownRoles roles,
            RequestInFlight inFlight,
            boolean mine,
            HttpServletRequest request,
            HttpServletResponse response) {
        this.recorder = recorder;
        this.roles = roles;
        this.inFlight = inFlight;
        this.mine = mine;
        this.request = request;
        this.response = response;
    }

    /** Lets the request into the application, unless it could not be recorded. */
    void enter(FilterChain chain) throws IOException, ServletException {
        inFlight.reachedApplication();
        identify();
        tellUser();
        if (!recorder.accepts(inFlight) || !recorder.recordReceived(inFlight)) {
            refuse();
            inFlight.close();
            return;
        }
        goOn(chain);
        if (request.isAsyncStarted()) {
            follow();
        } else {
            end();
        }
    }

    /** Goes on with a request that is inside the application already. */
    void goOn(FilterChain chain) throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** Records a request that the container refused, once its error page is made. */
    void showError(FilterChain chain) throws IOException, ServletException {
        identify();
        goOn(chain);
        end();
    }

    RequestInFlight inFlight() {
        return inFlight;
    }

    HttpServletResponse response() {
        return response;
    }

    /** The answer is complete, as far as the application goes. */
    void end() {
        tellUser();
        if (!mine) {
            return;
        }
        inFlight.status(response.getStatus());
        inFlight.responseBodySize(contentLength());
        if (response.isCommitted()) {
            inFlight.close();
        } else if (!inFlight.closeBeforeAnswer()) {
            response.reset();
            refuse();
        }
    }

    void hookFailed(String what, Throwable cause) {
        recorder.hookFailed(what, cause);
    }

    /** The container answers an exception after the filter, so its record is made before. */
    private void fail(Throwable thrown) {
        tellUser();
        inFlight.fault(ServletFault.of(thrown));
        if (mine) {
            inFlight.status(response.isCommitted() ? response.getStatus() : ServletFault.status(thrown));
            inFlight.closeBeforeAnswer();
        }
    }

    private void refuse() {
        recorder.requestRefused();
        inFlight.refusedBy(RefusedBy.AUDIT);
        inFlight.status(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setContentLength(0);
        identify();
    }

    private void identify() {
        if (!response.containsHeader(RequestIdentity.HEADER)) {
            response.setHeader(RequestIdentity.HEADER, inFlight.request().id());
        }
    }

    /** Asked before the application runs, and after it, as it may be the application that authenticates. */
    private void tellUser() {
        try {
            roles.tell(request, inFlight);
        } catch (RuntimeException | Error e) {
            recorder.hookFailed("CTR0703 The user of a request could not be asked for", e);
        }
    }

    private void follow() {
        try {
            request.getAsyncContext().addListener(new AsyncEnd(this));
        } catch (IllegalStateException e) {
            end(); // completed by another thread in the meantime
        }
    }

    private long contentLength() {
        String length = response.getHeader("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
