package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.ConnectionLookup;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's connection by the TLS session that its server shows in a request attribute: Jetty does. A client's
 * address would do as well on others, but behind a proxy it is whatever the client says.
 */
final class RequestSessions implements ConnectionLookup {
    /** Jetty 12; its value has a method {@code sslSession()}. */
    private static final String JETTY = "org.eclipse.jetty.io.Endpoint.SslSessionData";

    private final HookConnections connections;
    private final AtomicBoolean found = new AtomicBoolean();

    RequestSessions(HookConnections connections) {
        this.connections = connections;
    }

    @Override
    public @Nullable ConnectionFacts find(Function<String, @Nullable Object> attributes, Endpoint server) {
        Object shown = attributes.apply(JETTY);
        HookedConnection connection = shown == null ? null : connections.find(session(shown));
        if (connection == null) {
            return null;
        }
        found.set(true);
        connection.requested();
        return connection.factsAt(server);
    }

    private static @Nullable SSLSession session(Object shown) {
        for (Class<?> type : shown.getClass().getInterfaces()) {
            try {
                Method method = type.getMethod("sslSession");
                return method.invoke(shown) instanceof SSLSession session ? session : null;
            } catch (ReflectiveOperationException e) {
                // another one may have it
            }
        }
        return null;
    }

    /** Whether this server shows sessions. */
    boolean areShown() {
        return found.get();
    }
}
