package io.certrail.servlet;

import io.certrail.recorder.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The head of a request as the servlet API shows it. */
final class ServletHead implements RequestHead {
    /** Servers put the session's id here when cookies are refused; who reads it owns the session. */
    private static final Pattern SESSION = Pattern.compile("(?i)(;jsessionid=)[^;/]*");

    private final HttpServletRequest request;
    private final @Nullable String uri;

    /** @param uri the path that was asked for, which an error page's own request does not tell */
    ServletHead(HttpServletRequest request, @Nullable String uri) {
        this.request = request;
        this.uri = uri;
    }

    @Override
    public @Nullable String method() {
        return request.getMethod();
    }

    @Override
    public @Nullable String path() {
        return uri == null || uri.indexOf(';') < 0 ? uri : SESSION.matcher(uri).replaceAll("$1***");
    }

    @Override
    public @Nullable String protocolVersion() {
        return RequestHead.version(request.getProtocol());
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }
}
