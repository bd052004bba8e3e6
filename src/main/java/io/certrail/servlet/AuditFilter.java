package io.certrail.servlet;

import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestInFlight;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Meets every request before the application does, and makes the one record of those that no server adapter opened.
 *
 * <p>Declared in web.xml or web-fragment.xml rather than by annotation, which would double it in an application that
 * embeds it. Mapped to {@code REQUEST}, {@code ASYNC} and {@code ERROR}: an asynchronous dispatch belongs to the
 * request that it continues; an error page for a request that no filter saw is the only sign that the servlet API gives
 * of a request that the container refused.
 */
public final class AuditFilter implements Filter {
    @Inject
    private @Nullable Instance<Recorder> recorder;

    @Inject
    private @Nullable Instance<FilterOptions> options;

    private volatile @Nullable Visits visits;

    /** For the container, which injects what is needed and calls {@link #init}. */
    public AuditFilter() {}

    AuditFilter(Visits visits) {
        this.visits = visits;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        if (recorder == null || !recorder.isResolvable()) {
            throw new ServletException("CTR0701 Nothing to record with: is CDI switched off in this application?");
        }
        FilterOptions chosen = options != null && options.isResolvable() ? options.get() : FilterOptions.DEFAULT;
        visits = new Visits(recorder.get(), chosen, ReadCertificate.STANDARD);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Visits open = visits;
        if (open != null
                && request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse answer) {
            filter(open, http, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void filter(
            Visits visits, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        DispatcherType type = request.getDispatcherType();
        RequestInFlight known = visits.known(request);
        if (known == null) {
            if (type == DispatcherType.ERROR) {
                visits.openRefused(request, response).showError(chain);
            } else {
                visits.open(request, response).enter(chain);
            }
        } else if (type == DispatcherType.ASYNC) {
            visits.join(known, request, response).goOn(chain);
        } else if (type == DispatcherType.REQUEST && !known.hasReachedApplication()) {
            visits.join(known, request, response).enter(chain);
        } else {
            chain.doFilter(request, response);
        }
    }
}
