package io.certrail.server;

/** The hooks in a server, from their installation until {@link #close()}. */
public interface ServerAdapter extends AutoCloseable {
    /** The server, for people: such as {@code Payara}. */
    String server();

    /** Takes the hooks out and leaves the server as it was. Safe to call twice. */
    @Override
    void close();
}
