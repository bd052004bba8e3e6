package io.certrail.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A way to connect to the server.
 *
 * @param context with what is presented and trusted, and the sessions to resume
 * @param protocols the versions of TLS offered, none: the JDK's default
 */
record TlsClient(int port, SSLContext context, String... protocols) {
    static final String TLS_1_2 = "TLSv1.2";
    static final String TLS_1_3 = "TLSv1.3";

    private static final int TIMEOUT_MILLIS = 30_000;

    /** A TCP connection on which nothing was said yet. */
    static Socket tcp(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A connection whose handshake succeeded, as far as the client can know. */
    Connection connect() throws IOException {
        return connect(tcp(port));
    }

    /** The same on a TCP connection on which something else was said before. */
    Connection connect(Socket tcp) throws IOException {
        try {
            var tls = unspoken(tcp);
            tls.startHandshake();
            return new Connection(tls, tcp);
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    /** Nothing was said yet. */
    private SSLSocket unspoken(Socket tcp) throws IOException {
        var tls = (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", port, true);
        if (protocols.length > 0) {
            tls.setEnabledProtocols(protocols);
        }
        return tls;
    }

    /**
     * Tries to get a page, whatever comes of it.
     *
     * @return the client's port
     */
    int attempt() throws IOException {
        var tls = unspoken(tcp(port));
        int clientPort = tls.getLocalPort();
        try (var connection = new Connection(tls)) {
            tls.startHandshake();
            connection.get("/", "Connection: close");
        } catch (IOException e) {
            // The refusal; the trail tells what it was.
        }
        return clientPort;
    }
}
