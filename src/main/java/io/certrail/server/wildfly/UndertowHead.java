package io.certrail.server.wildfly;

import io.certrail.recorder.RequestHead;
import io.undertow.server.HttpServerExchange;
import org.jspecify.annotations.Nullable;

/** The head of a request that Undertow parsed. */
record UndertowHead(HttpServerExchange exchange) implements RequestHead {
    @Override
    public @Nullable String method() {
        return exchange.getRequestMethod().toString();
    }

    @Override
    public @Nullable String path() {
        return RequestHead.withoutFragment(exchange.getRequestURI());
    }

    @Override
    public @Nullable String protocolVersion() {
        return RequestHead.version(String.valueOf(exchange.getProtocol()));
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }
}
