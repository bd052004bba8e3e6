package io.certrail.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * Takes a body without a media type for JSON, the only one that this API knows: RFC 9110 section 8.3 lets the recipient
 * assume. So it is read, and judged by what it holds.
 */
@PreMatching
public final class UntypedBody implements ContainerRequestFilter {
    /** For the container. */
    public UntypedBody() {}

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMediaType() == null && request.getMethod().equals("POST")) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
