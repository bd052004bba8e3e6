package io.certrail.metrics;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the measurements as text that Prometheus reads, where the server has no metrics of its own; else with
 * 404, for they are shown there.
 *
 * <p>Mapped by {@link Endpoints}.
 */
public final class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient @Nullable CurrentMeasurements measurements;

    /** For the container, which injects what is needed. */
    public MetricsServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> text = measurements == null || request.getPathInfo() != null
                ? Optional.empty()
                : measurements.currentMeasurements().flatMap(Measurements::text);
        if (text.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
        response.setContentType(TextMeters.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
