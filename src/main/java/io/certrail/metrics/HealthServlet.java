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
 * Answers {@code /health}, {@code /health/ready}, {@code /health/live} and {@code /health/started} of the application's
 * context as MicroProfile Health does, for servers without it. Where the server has them at the same address, requests
 * never come here.
 *
 * <p>Mapped by {@link Endpoints}.
 */
public final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient @Nullable CurrentRecorder recorder;

    /** For the container, which injects what is needed. */
    public HealthServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Optional<HealthAnswer> answer =
                recorder == null ? Optional.empty() : HealthAnswer.of(path == null ? "" : path, recorder);
        if (answer.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] body = answer.get().json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(
                answer.get().isUp() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
