package io.certrail.server.wildfly;

import io.certrail.server.HandshakeRecords;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Knows connections by their TLS session. */
@FunctionalInterface
interface TlsConnections {
    /** The session's connection, which goes on to tell what is known of it; {@code null} if it is not followed. */
    HandshakeRecords.@Nullable Observed of(SSLSession session);
}
