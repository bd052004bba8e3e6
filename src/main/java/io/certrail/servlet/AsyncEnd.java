package io.certrail.servlet;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Waits for the end of an asynchronous request. One whose time ran out is a failure even where a fallback answered it,
 * as nobody can tell at that moment what the answer will be.
 */
final class AsyncEnd implements AsyncListener {
    private final Visit visit;

    AsyncEnd(Visit visit) {
        this.visit = visit;
    }

    /** The container completes every asynchronous request in the end, timed out and failed ones too. */
    @Override
    public void onComplete(AsyncEvent event) {
        try {
            visit.end();
        } catch (RuntimeException | Error e) {
            visit.hookFailed("CTR0704 The end of an asynchronous request could not be read", e);
            visit.inFlight().close();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        HttpServletResponse response = visit.response();
        if (!response.isCommitted() || response.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            visit.inFlight().fault(Fault.of(Reason.REQUEST_TIMEOUT, "asynchronous processing took too long"));
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable thrown = event.getThrowable();
        visit.inFlight().fault(thrown == null ? Fault.of(Reason.SERVER_ERROR) : ServletFault.of(thrown));
    }

    /** A new asynchronous cycle forgets the listeners of the last. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
