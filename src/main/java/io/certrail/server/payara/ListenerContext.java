package io.certrail.server.payara;

import java.lang.reflect.Field;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/**
 * The SSL context of a listener. It is made when the first client comes, which may have been before the deployment; to
 * get watched trust managers into it, or out of it again, it has to be made anew. Connections that are open keep theirs.
 */
final class ListenerContext {
    private static final Field CONTEXT = field();

    private ListenerContext() {}

    private static Field field() {
        try {
            Field field = SSLEngineConfigurator.class.getDeclaredField("sslContext");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("CTR0604 Grizzly's SSL context cannot be reached: " + e, e);
        }
    }

    /**
     * Makes the context anew. If that fails the listener keeps the one it has.
     *
     * @throws IllegalStateException if it cannot be made, as when the key store was changed and is broken
     */
    static void renew(SSLBaseFilter filter) {
        SSLEngineConfigurator configurator = filter.getServerSSLEngineConfigurator();
        try {
            SSLContext before = (SSLContext) CONTEXT.get(configurator);
            CONTEXT.set(configurator, null);
            try {
                configurator.createSSLEngine().closeOutbound();
            } catch (RuntimeException | Error e) { // an error: a class of a store's provider that is missing, say
                CONTEXT.set(configurator, before);
                throw new IllegalStateException("CTR0605 The listener's SSL context cannot be made anew: " + e, e);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
