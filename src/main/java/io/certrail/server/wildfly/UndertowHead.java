package io.certrail.server.wildfly;

import io.certrail.recorder.RequestHead;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The head of a request that Undertow parsed. */
record UndertowHead(HttpServerExchange exchange) implements RequestHead {
    private static final String PREFIX = "HTTP/";
    private static final String HTTP_2 = "2";

    @Override
    public @Nullable String method() {
        return exchange.getRequestMethod().toString();
    }

    @Override
    public @Nullable String path() {
        String uri = exchange.getRequestURI();
        int fragment = uri == null ? -1 : uri.indexOf('#'); // it does not belong there, and may hold anything
        return fragment < 0 ? uri : uri.substring(0, fragment);
    }

    @Override
    public @Nullable String protocolVersion() {
        String protocol = String.valueOf(exchange.getProtocol());
        if (!protocol.startsWith(PREFIX)) {
            return null;
        }
        String version = protocol.substring(PREFIX.length());
        return version.startsWith(HTTP_2) ? HTTP_2 : version;
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }
}
