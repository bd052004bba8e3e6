package io.certrail.server;

import java.net.InetSocketAddress;
import java.util.List;

/** The hooks in a server, from their installation until {@link #close()}. */
public interface ServerAdapter extends AutoCloseable {
    /** The server, for people: such as {@code Payara}. */
    String server();

    /** Where the server accepts TLS connections now, but for those of administrators; empty if the adapter cannot know. */
    List<InetSocketAddress> tlsListeners();

    /** Takes the hooks out and leaves the server as it was. Safe to call twice. */
    @Override
    void close();
}
