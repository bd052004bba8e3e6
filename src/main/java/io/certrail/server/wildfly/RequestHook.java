package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.Durability;
import io.certrail.recorder.Recorder;
import io.certrail.recorder.RequestIdentity;
import io.certrail.recorder.RequestInFlight;
import io.undertow.protocols.http2.Http2Stream;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** Hears of every request that became an exchange, HTTP/1.1 and HTTP/2, whatever it asks for. */
final class RequestHook extends HookLink<HttpHandler> implements HttpHandler {
    private final Recorder recorder;
    private final OpenConnections connections;
    private final TlsConnections handshakes;
    private final Field streamOf;
    /** Who the connections are that are older than the hooks. Not attached to them, for they may outlive the hooks, too. */
    private final Map<ServerConnection, ConnectionIdentity> older = Collections.synchronizedMap(new WeakHashMap<>());

    private volatile boolean out;

    /** @throws IllegalStateException if Undertow is not as expected */
    RequestHook(Recorder recorder, OpenConnections connections, TlsConnections handshakes, HttpHandler next) {
        super(next);
        this.recorder = recorder;
        this.connections = connections;
        this.handshakes = handshakes;
        streamOf = streamField();
    }

    private static Field streamField() {
        try {
            Field field = Http2ServerConnection.class.getDeclaredField("responseChannel");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CTR0650 Undertow's streams cannot be told apart: " + e, e);
        }
    }

    /** Lets all pass from now on, should anybody still call. */
    void out() {
        out = true;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (out || exchange.getAttachment(ServedExchange.KEY) != null) {
            next().handleRequest(exchange);
            return;
        }
        follow(exchange);
        if (exchange.isInIoThread() && recorder.options().durability() != Durability.NONE) {
            exchange.dispatch(next()); // whoever answers it will wait for its record
        } else {
            next().handleRequest(exchange);
        }
    }

    private void follow(HttpServerExchange exchange) {
        try {
            ServerConnection server = exchange.getConnection();
            TappedConnection connection = connections.find(server.getPeerAddress(), server.getLocalAddress());
            int stream = stream(server);
            ServedExchange served =
                    connection != null ? connection.begin(exchange, stream) : beginOlder(exchange, server, stream);
            served.follow();
        } catch (RuntimeException | ReflectiveOperationException | Error e) { // of too little memory, say
            recorder.hookFailed("CTR0656 A request could not be followed", e);
        }
    }

    private int stream(ServerConnection server) throws ReflectiveOperationException {
        return server instanceof Http2ServerConnection && streamOf.get(server) instanceof Http2Stream stream
                ? stream.getStreamId()
                : 0;
    }

    private ServedExchange beginOlder(HttpServerExchange exchange, ServerConnection server, int stream) {
        ConnectionIdentity known = older.computeIfAbsent(
                server,
                key -> new ConnectionIdentity(
                        recorder, handshakes, Endpoint.of(key.getPeerAddress()), Endpoint.of(key.getLocalAddress())));
        var session = server.getSslSessionInfo();
        RequestInFlight record = recorder.open(
                RequestIdentity.of(new UndertowHead(exchange)),
                known.facts(session == null ? null : session.getSSLSession()),
                System.nanoTime());
        if (stream == 0) {
            record.renewedBy(known::known);
        }
        return new ServedExchange(recorder, record, exchange, null, new PendingHead(), stream);
    }
}
