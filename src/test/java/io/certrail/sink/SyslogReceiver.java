package io.certrail.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A receiver of syslog over TLS (RFC 5425), on a port of its own, that can be made to misbehave. */
final class SyslogReceiver implements AutoCloseable {
    /** What it does with a connection. */
    enum Manner {
        /** Reads frames, and answers close_notify with its own. */
        PROPER,
        /** Reads frames, and ends TCP without a close_notify of its own, as rsyslog does with the driver gtls. */
        ABRUPT,
        /** Ends TCP after the handshake, without a close_notify and before it has read anything. */
        FIN,
        /** Takes the connection and says nothing. */
        SILENT,
        /** Makes the handshake, and never reads a message. */
        DEAF,
        /** Makes the handshake, and talks. */
        TALKATIVE,
        /** Resets the connection after the handshake. */
        RESETTING
    }

    private final ServerSocket server;
    private final SSLContext tls;
    private final boolean asksForCertificate;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Set<Long> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Manner manner;

    SyslogReceiver(SSLContext tls, Manner manner, boolean asksForCertificate) throws IOException {
        this(tls, manner, asksForCertificate, 0);
    }

    SyslogReceiver(SSLContext tls, Manner manner, boolean asksForCertificate, int port) throws IOException {
        this.tls = tls;
        this.manner = manner;
        this.asksForCertificate = asksForCertificate;
        server = new ServerSocket(port, 50, InetAddress.getByName("localhost"));
        Thread thread = new Thread(this::accept, "test-syslog-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    void behave(Manner newManner) {
        manner = newManner;
    }

    /** Messages as they came, without their frames. */
    BlockingQueue<String> messages() {
        return messages;
    }

    /** When its TLS sessions began, in milliseconds: one that is resumed began with the first of its connections. */
    Set<Long> sessions() {
        return sessions;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "test-syslog-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        Manner now = manner;
        if (now == Manner.SILENT) {
            return;
        }
        try {
            SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, false);
            open.add(secured); // one that nobody holds is closed, in order, by its finalizer
            secured.setNeedClientAuth(asksForCertificate);
            secured.startHandshake();
            sessions.add(secured.getSession().getCreationTime());
            switch (now) {
                case TALKATIVE -> secured.getOutputStream().write('x');
                case RESETTING -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                }
                case PROPER -> {
                    readFrames(secured.getInputStream());
                    secured.close();
                    socket.close();
                }
                case ABRUPT -> {
                    readFrames(secured.getInputStream());
                    socket.shutdownOutput();
                }
                case FIN -> socket.shutdownOutput();
                default -> {
                    // reads nothing
                }
            }
        } catch (IOException e) {
            // the sender's test looks at the sender
        }
    }

    /** {@code MSG-LEN SP SYSLOG-MSG} until the sender closes (RFC 5425 section 4.3). */
    private void readFrames(InputStream in) throws IOException {
        for (int c = in.read(); c >= 0; c = in.read()) {
            int length = 0;
            for (; c != ' '; c = in.read()) {
                if (c < '0' || c > '9' || (length == 0 && c == '0')) {
                    throw new IOException("no length of a message: " + c);
                }
                length = 10 * length + c - '0';
            }
            byte[] message = in.readNBytes(length);
            if (message.length < length) {
                throw new EOFException("a message was cut short");
            }
            messages.add(new String(message, UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
