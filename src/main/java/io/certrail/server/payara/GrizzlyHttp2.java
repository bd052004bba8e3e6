package io.certrail.server.payara;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What Grizzly's HTTP/2 knows and tells nobody. Reached by name, for not every server has it. For any thread. */
final class GrizzlyHttp2 {
    private static final String PACKAGE = "org.glassfish.grizzly.http2.";
    private static final @Nullable Method SESSION = method("Http2Session", "get", Connection.class);
    private static final @Nullable Method MOST_HEADER_BYTES = method("Http2Session", "getMaxHeaderListSize");
    private static final @Nullable Field CLOSED_BY = closedBy();
    private static final @Nullable Method STREAM = method("Http2Stream", "getStreamFor", HttpHeader.class);
    private static final @Nullable Method NUMBER = method("Http2Stream", "getId");

    private GrizzlyHttp2() {}

    private static @Nullable Method method(String type, String name, Class<?>... parameters) {
        try {
            return type(type).getMethod(name, parameters);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null; // no HTTP/2 here, or another one
        }
    }

    private static @Nullable Field closedBy() {
        try {
            Field field = type("Http2Session").getDeclaredField("closeFlag");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, Connection.class.getClassLoader());
    }

    /**
     * Whether a client ended its HTTP/2 with GOAWAY (RFC 9113 section 6.8): Grizzly then closes the connection as if the end were
     * its own. False also where it cannot be told.
     */
    static boolean isEndedByClient(Connection<?> connection) {
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

    /** The longest header block that Grizzly takes, in bytes; {@link Integer#MAX_VALUE} if it cannot be told. */
    static int mostHeaderBytes(Connection<?> connection) {
        if (SESSION == null || MOST_HEADER_BYTES == null) {
            return Integer.MAX_VALUE;
        }
        try {
            Object session = SESSION.invoke(null, connection);
            return session != null && MOST_HEADER_BYTES.invoke(session) instanceof Integer most && most > 0
                    ? most
                    : Integer.MAX_VALUE;
        } catch (ReflectiveOperationException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Whether requests tell on which streams they came. */
    static boolean numbersStreams() {
        return STREAM != null && NUMBER != null;
    }

    /** The stream on which a request came; 0 if it cannot be told. */
    static int stream(HttpHeader request) {
        if (STREAM == null || NUMBER == null) {
            return 0;
        }
        try {
            Object stream = STREAM.invoke(null, request);
            return stream != null && NUMBER.invoke(stream) instanceof Integer number ? number : 0;
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }
}
