package io.certrail.api;

import io.certrail.event.Fault;
import io.certrail.event.Reason;
import io.certrail.recorder.RequestInFlight;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pages of other origins from changing anything here in the name of who visits them: a browser adds its user's
 * certificate to whatever a page sends. It says where a request comes from in {@code Sec-Fetch-Site} (W3C Fetch Metadata
 * Request Headers), an old one in {@code Origin} (RFC 6454 section 7). Other clients say nothing, and are not asked to.
 *
 * <p>After the resource is known, so that the refusal is recorded with its route; before the body is read.
 */
@Priority(Priorities.AUTHENTICATION)
public final class ForeignPages implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS"); // RFC 9110 section 9.2.1
    private static final Set<String> OWN = Set.of("same-origin", "none");
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** For the container. */
    public ForeignPages() {}

    @Override
    public void filter(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        String host = request.getHeaderString(HttpHeaders.HOST);
        String asked = host == null ? request.getUriInfo().getRequestUri().getRawAuthority() : host;
        if (isForeign(request.getHeaderString("Sec-Fetch-Site"), request.getHeaderString("Origin"), asked)) {
            if (request.getProperty(RequestInFlight.ATTRIBUTE) instanceof RequestInFlight inFlight) {
                inFlight.fault(Fault.of(Reason.FORBIDDEN, "sent by a page of another origin"));
            }
            throw new ForbiddenException();
        }
    }

    /**
     * Whether a browser sent it for a page that is not this server's.
     *
     * @param site {@code Sec-Fetch-Site}, which decides where it is given
     * @param origin {@code Origin}
     * @param asked host and port as the client names this server
     */
    static boolean isForeign(@Nullable String site, @Nullable String origin, @Nullable String asked) {
        if (site != null) {
            return !OWN.contains(site);
        }
        return origin != null && (asked == null || !isOrigin(origin, asked));
    }

    /** The scheme is the page's alone: a proxy may have taken TLS away, and the port that is its default with it. */
    private static boolean isOrigin(String origin, String asked) {
        try {
            URI page = URI.create(origin);
            URI here = URI.create(page.getScheme() + "://" + asked);
            String host = page.getHost();
            return host != null && host.equalsIgnoreCase(here.getHost()) && port(page) == port(here);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI uri) {
        boolean http = uri.getScheme().toLowerCase(Locale.ROOT).equals("http");
        return uri.getPort() >= 0 ? uri.getPort() : http ? HTTP : HTTPS;
    }
}
