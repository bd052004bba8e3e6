package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.recorder.ConnectionLookup;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds a request's connection by the TLS session that its server shows in a request attribute: Jetty and Tomcat do. A
 * client's address would do as well on others, but behind a proxy it is whatever the client says.
 */
final class RequestSessions implements ConnectionLookup {
    /** Jetty 12; its value has a method {@code sslSession()}. */
    private static final String JETTY = "org.eclipse.jetty.io.Endpoint.SslSessionData";
    /** Tomcat 10.1 and 11; its value, a JSSESupport, has a field {@code session}. */
    private static final String TOMCAT = "jakarta.servlet.request.ssl_session_mgr";

    private final HookConnections connections;
    private final AtomicBoolean found = new AtomicBoolean();

    RequestSessions(HookConnections connections) {
        this.connections = connections;
    }

    @Override
    public @Nullable ConnectionFacts find(
            Function<String, @Nullable Object> attributes, Endpoint client, Endpoint server) {
        HookedConnection connection = connections.find(session(attributes));
        if (connection == null) {
            return null;
        }
        found.set(true);
        connection.requested();
        return connection.factsBetween(client, server);
    }

    private static @Nullable SSLSession session(Function<String, @Nullable Object> attributes) {
        Object jetty = attributes.apply(JETTY);
        if (jetty != null) {
            return ofJetty(jetty);
        }
        Object tomcat = attributes.apply(TOMCAT);
        return tomcat == null ? null : ofTomcat(tomcat);
    }

    private static @Nullable SSLSession ofJetty(Object shown) {
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

    private static @Nullable SSLSession ofTomcat(Object shown) {
        try {
            Field field = shown.getClass().getDeclaredField("session");
            field.setAccessible(true);
            return field.get(shown) instanceof SSLSession session ? session : null;
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            return null; // another Tomcat: its requests have connections of their own
        }
    }

    /** Whether this server shows sessions. */
    boolean areShown() {
        return found.get();
    }
}
