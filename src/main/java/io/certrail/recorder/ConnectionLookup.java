package io.certrail.recorder;

import io.certrail.event.ConnectionFacts;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection of a request, on a server whose adapter sees connections and not requests. Safe for use by any
 * thread.
 */
@FunctionalInterface
public interface ConnectionLookup {
    /** Finds none. */
    ConnectionLookup NONE = (attributes, client, server) -> null;

    /**
     * To be asked once for a request, as it is opened.
     *
     * @param attributes the request's, by their names
     * @param client the client's end of its connection, as far as the server says
     * @param server the server's end
     * @return {@code null} if it is not known
     */
    @Nullable
    ConnectionFacts find(
            Function<String, @Nullable Object> attributes,
            ConnectionFacts.Endpoint client,
            ConnectionFacts.Endpoint server);
}
