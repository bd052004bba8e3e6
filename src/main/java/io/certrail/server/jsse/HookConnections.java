package io.certrail.server.jsse;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The connections that the JSSE hook told of and that are open. Safe for use by any thread. */
public final class HookConnections {
    HookConnections() {}

    /**
     * The connection to which a session belongs, exactly, also where connections share a session. Its facts are there,
     * once its handshake is done, even if the hook's own fact is still on its way.
     *
     * @param session as the server's API gives it for the request's connection
     * @return {@code null} if the hook does not watch it, or it is not followed because too many are open
     */
    public @Nullable HookedConnection find(@Nullable SSLSession session) {
        return null;
    }

    /** The connection with the hook's number. */
    public @Nullable HookedConnection find(long number) {
        return null;
    }

    /**
     * The connection from a client's port, for servers that show no session.
     *
     * @return {@code null} if none is open, or the server did not tell the engine who its client is
     */
    public @Nullable HookedConnection find(@Nullable String address, int port) {
        return null;
    }
}
