package io.certrail.it.shop;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Ends a request later as its query says: complete, dispatch, timeout or throw. */
@WebServlet(urlPatterns = "/async", asyncSupported = true)
public class AsyncServlet extends HttpServlet {
    /** Payara may miss an end that comes from another thread at the moment at which the first one leaves the servlet. */
    private static final Executor LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute("again") != null) {
            response.getWriter().print("dispatched");
            return;
        }
        AsyncContext async = request.startAsync();
        String end = request.getQueryString();
        async.setTimeout(end.equals("complete") ? 30_000 : 500);
        if (end.equals("dispatch")) {
            request.setAttribute("again", true);
            async.dispatch();
        } else if (end.equals("complete")) {
            LATER.execute(() -> complete(async));
        } else if (end.equals("throw")) {
            throw new IllegalStateException("after startAsync");
        }
    }

    private static void complete(AsyncContext async) {
        try {
            async.getResponse().getWriter().print("completed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        async.complete();
    }
}
