package io.certrail.api;

import io.certrail.recorder.RequestInFlight;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The error page: answers with a problem what the container refused by itself, or what failed outside JAX-RS. A
 * server's own page names the server and, on some, the exception.
 */
public final class ProblemServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** For the container. */
    public ProblemServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND); // there is nothing here to ask for
            return;
        }
        RequestInFlight inFlight = CurrentRequest.find(request);
        String id = inFlight == null ? null : inFlight.request().id();
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : response.getStatus();
        byte[] problem = Problem.of(status, id).json().getBytes(StandardCharsets.UTF_8);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }
}
