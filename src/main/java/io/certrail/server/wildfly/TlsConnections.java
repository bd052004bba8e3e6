package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Knows connections by their TLS session. */
@FunctionalInterface
interface TlsConnections {
    /** The facts of the session's connection, {@code null} if it is not followed. */
    @Nullable
    ConnectionFacts of(SSLSession session);
}
