package io.certrail.hook;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLKeyException;
import org.jspecify.annotations.Nullable;

/** Passes on what sessions can do from JDK 25 on (RFC 5705, RFC 8446 section 7.5), for which this is compiled too early. */
final class KeyExport {
    private KeyExport() {}

    /** @throws UnsupportedOperationException where the JDK has no such method */
    static @Nullable Object call(ExtendedSSLSession session, String name, @Nullable Object... arguments)
            throws SSLKeyException {
        try {
            for (Method method : ExtendedSSLSession.class.getMethods()) {
                if (method.getName().equals(name)) {
                    return method.invoke(session, arguments);
                }
            }
        } catch (InvocationTargetException e) {
            throw failure(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        throw new UnsupportedOperationException(name);
    }

    private static SSLKeyException failure(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return cause instanceof SSLKeyException expected ? expected : new SSLKeyException(String.valueOf(cause));
    }
}
