package io.certrail.server.wildfly;

import io.certrail.event.ConnectionFacts.Endpoint;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tapped connections that are open, by the addresses of their two ends: that is what an exchange of HTTP/1.1 and one
 * of HTTP/2 both know of theirs. Removed as they close. Safe for use by any thread.
 */
final class OpenConnections {
    private final int most;
    private final Map<Ends, TappedConnection> byEnds = new ConcurrentHashMap<>();
    private final Map<Endpoint, Known> byClient = new ConcurrentHashMap<>();

    /** @param most connections followed at a time */
    OpenConnections(int most) {
        this.most = most;
    }

    private record Ends(@Nullable SocketAddress client, @Nullable SocketAddress server) {}

    /** False if too many are open. */
    boolean add(TappedConnection connection, SocketAddress client, SocketAddress server) {
        if (byEnds.size() >= most) {
            return false;
        }
        byEnds.put(new Ends(client, server), connection);
        byClient.put(Endpoint.of(client), new Known(connection, Endpoint.of(server)));
        return true;
    }

    void remove(TappedConnection connection, SocketAddress client, SocketAddress server) {
        byEnds.remove(new Ends(client, server), connection);
        byClient.remove(Endpoint.of(client), new Known(connection, Endpoint.of(server)));
    }

    /** {@code null} if it is older than the hooks, or one too many. */
    @Nullable
    TappedConnection find(@Nullable SocketAddress client, @Nullable SocketAddress server) {
        return byEnds.get(new Ends(client, server));
    }

    /** A connection and the server's end of it. */
    record Known(TappedConnection connection, Endpoint server) {}

    /** The connection from a client's port, also for a while after a handshake that failed. */
    @Nullable
    Known from(Endpoint client) {
        return byClient.get(client);
    }

    List<TappedConnection> all() {
        return List.copyOf(byEnds.values());
    }
}
