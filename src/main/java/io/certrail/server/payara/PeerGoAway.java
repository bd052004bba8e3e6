package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client ended its HTTP/2 with GOAWAY (RFC 9113 section 6.8). Grizzly then closes the connection as if the end were
 * its own, and only its session knows better, to itself. For any thread.
 */
final class PeerGoAway {
    private static final @Nullable Method SESSION = session();
    private static final @Nullable Field CLOSED_BY = closedBy();

    private PeerGoAway() {}

    private static @Nullable Method session() {
        try {
            return type().getMethod("get", Connection.class);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // no HTTP/2 here, or another one
        }
    }

    private static @Nullable Field closedBy() {
        try {
            Field field = type().getDeclaredField("closeFlag");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static Class<?> type() throws ClassNotFoundException {
        return Class.forName("org.glassfish.grizzly.http2.Http2Session", false, Connection.class.getClassLoader());
    }

    /** False also where it cannot be told. */
    static boolean of(Connection<?> connection) {
        if (SESSION == null || CLOSED_BY == null) {
            return false;
        }
        try {
            Object session = SESSION.invoke(null, connection);
            return session != null && CLOSED_BY.get(session) == CloseType.REMOTELY;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
