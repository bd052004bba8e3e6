package io.certrail.event;

import org.jspecify.annotations.Nullable;

/**
 * What a request asked for, as its head said it. Only {@code id} is always known: a request that did not parse may
 * have nothing else.
 *
 * @param id a well-formed inbound {@code X-Request-Id}, else a new UUIDv7
 * @param idSource {@code client} or {@code server}
 * @param path without the query, which may carry secrets
 * @param protocolVersion {@code 1.0}, {@code 1.1} or {@code 2}
 * @param traceId from a valid W3C traceparent only
 * @param spanId from a valid W3C traceparent only
 */
public record RequestFacts(
        String id,
        String idSource,
        @Nullable String method,
        @Nullable String path,
        @Nullable String protocolVersion,
        @Nullable String userAgent,
        @Nullable String traceId,
        @Nullable String spanId) {
    /** Longest path kept, in characters. */
    public static final int MAX_PATH = 2048;

    private static final int MAX_METHOD = 32;
    private static final int MAX_USER_AGENT = 512;

    public RequestFacts {
        method = Text.told(method, MAX_METHOD);
        path = Text.told(path, MAX_PATH);
        userAgent = Text.told(userAgent, MAX_USER_AGENT);
    }
}
