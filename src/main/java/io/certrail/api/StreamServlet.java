package io.certrail.api;

import io.certrail.api.Problem.Violation;
import io.certrail.api.Streams.Place;
import io.certrail.index.RecordFilter;
import io.certrail.recorder.RequestInFlight;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens live streams. A servlet, because JAX-RS has no way of writing that cannot block: a reader that takes nothing would hold a
 * thread of the server's.
 */
public final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String PATH = "/api/stream";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int RETRY_AFTER_SECONDS = 30;

    @Inject
    @Nullable
    transient Streams streams;

    @Inject
    @Nullable
    transient Evidence evidence;

    /** For the container. */
    public StreamServlet() {}

    /** GET alone: what another method would get has no end either. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestInFlight inFlight = CurrentRequest.of(request);
        inFlight.route(PATH);
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            refuse(response, inFlight, HttpServletResponse.SC_METHOD_NOT_ALLOWED, List.of());
            return;
        }
        try {
            open(request, response);
        } catch (InvalidParametersException e) {
            inFlight.fault(Problem.fault(e.invalid()));
            refuse(response, inFlight, Response.Status.BAD_REQUEST.getStatusCode(), e.invalid());
        } catch (WebApplicationException e) {
            Object retryAfter = e.getResponse().getHeaders().getFirst("Retry-After");
            if (retryAfter != null) {
                response.setHeader("Retry-After", retryAfter.toString());
            }
            refuse(response, inFlight, e.getResponse().getStatus(), List.of());
        }
    }

    private static void refuse(
            HttpServletResponse response, RequestInFlight inFlight, int status, List<Violation> invalid)
            throws IOException {
        response.setStatus(status);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().print(new Problem(status, inFlight.request().id(), invalid).json());
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Evidence from = Objects.requireNonNull(evidence);
        if (!request.isUserInRole(EntriesResource.ROLE)) {
            throw new ForbiddenException();
        }
        from.reading().admit(request);
        Parameters parameters = new Parameters(given(request));
        RecordFilter filter = FilterParameters.ownRecords(parameters);
        Long after = parameters.number("after", 0, Long.MAX_VALUE);
        Long last = parameters.number(LAST_EVENT_ID, 0, Long.MAX_VALUE);
        if (request.getParameterMap().containsKey(LAST_EVENT_ID)) {
            parameters.wrong(LAST_EVENT_ID, "a header");
        }
        parameters.check();
        Long begin = last == null ? after : last;
        try (Place place = take()) {
            from.reading().record(request, StreamServlet.class.getName() + ".open", PATH, parameters.asked());
            long durable = from.trail().nextSequence();
            place.fill(start(request, response, filter, begin == null ? durable : Math.min(begin + 1, durable)));
        }
    }

    private Place take() {
        return Objects.requireNonNull(streams)
                .take()
                .orElseThrow(() -> new ServiceUnavailableException((long) RETRY_AFTER_SECONDS));
    }

    /** The parameters of the query, and the header that goes on with a stream: it is as much the client's word as they are. */
    private static Map<String, List<String>> given(HttpServletRequest request) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> given.put(name, Arrays.asList(values)));
        given.remove(LAST_EVENT_ID);
        String last = request.getHeader(LAST_EVENT_ID);
        if (last != null && !last.isEmpty()) {
            given.put(LAST_EVENT_ID, List.of(last));
        }
        return given;
    }

    private LiveStream start(HttpServletRequest request, HttpServletResponse response, RecordFilter filter, long from)
            throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        LiveStream stream = new LiveStream(
                async, out, filter, Objects.requireNonNull(evidence).folder(), from);
        out.setWriteListener(stream);
        return stream;
    }
}
