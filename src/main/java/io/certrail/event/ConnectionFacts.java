package io.certrail.event;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection as all its records state it: {@code mtls.connection}, {@code client}, {@code server}, {@code tls}.
 * Encoded once, however many requests it carries.
 */
public final class ConnectionFacts {
    private static final int MAX_SERVER_NAME = 255;

    private final @Nullable String id;
    private final Endpoint client;
    private final Endpoint server;
    private final @Nullable String serverName;
    private final @Nullable TlsFacts tls;
    private byte @Nullable [] encoded;

    /**
     * @param id unique over restarts, {@code null} where the server tells no connection apart
     * @param serverName the SNI
     * @param tls {@code null} for a connection without TLS
     */
    public ConnectionFacts(
            @Nullable String id,
            Endpoint client,
            Endpoint server,
            @Nullable String serverName,
            @Nullable TlsFacts tls) {
        this.id = id;
        this.client = client;
        this.server = server;
        this.serverName = serverName == null ? null : Text.bounded(serverName, MAX_SERVER_NAME);
        this.tls = tls;
    }

    /**
     * One end of the socket.
     *
     * @param address the numeric address
     * @param port 0 to 65535, or -1 where unknown
     */
    public record Endpoint(@Nullable String address, int port) {
        /** An end of which nothing is known. */
        public static final Endpoint UNKNOWN = new Endpoint(null, -1);

        /** The end at an address as a server gives it; {@link #UNKNOWN} if that is none of the Internet's, or unresolved. */
        public static Endpoint of(@Nullable Object address) {
            return address instanceof InetSocketAddress socket && !socket.isUnresolved()
                    ? new Endpoint(socket.getAddress().getHostAddress(), socket.getPort())
                    : UNKNOWN;
        }
    }

    public @Nullable String id() {
        return id;
    }

    public Endpoint client() {
        return client;
    }

    public Endpoint server() {
        return server;
    }

    public @Nullable String serverName() {
        return serverName;
    }

    public @Nullable TlsFacts tls() {
        return tls;
    }

    /** The certificate presented on this connection, or {@code null}. */
    public @Nullable CertificateFacts certificate() {
        return tls == null ? null : tls.client();
    }

    void describe(RecordWriter record) {
        record.begin("mtls").begin("connection").put("id", id).end().end();
        record.begin("client")
                .put("address", client.address())
                .put("port", client.port())
                .end();
        record.begin("server")
                .put("address", server.address())
                .put("port", server.port())
                .put("name", serverName)
                .end();
        if (tls != null) {
            tls.describe(record);
        }
    }

    /** The encoded members; racing threads encode the same bytes, so no lock is needed. */
    byte[] encoded() {
        byte[] bytes = encoded;
        if (bytes == null) {
            bytes = RecordEncoder.members(this);
            encoded = bytes;
        }
        return bytes;
    }
}
