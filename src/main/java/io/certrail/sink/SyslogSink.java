package io.certrail.sink;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;

/**
 * Syslog over TLS (RFC 5425). Syslog confirms nothing, but a receiver answers a close_notify with its own (section 4.4), and
 * has then read what came before: so each message has its connection, and counts as delivered when the receiver has closed
 * it in order. A connection that is kept would swallow messages for minutes after its other end is gone.
 *
 * <p>Some receivers never send a close_notify (rsyslog with the driver gtls). A connection that ends without one counts if one
 * before did, too, and none ended with one: else the receiver may have gone before it read, and gets the message again.
 */
final class SyslogSink implements Sink<PublishedCheckpoint> {
    private static final int LISTEN_MILLIS = 500;

    private final Target.Syslog to;
    private final SSLContext tls;
    private final SyslogMessage message;
    private final Duration timeout;
    private final Clock clock;
    /** Whether the last delivery failed; of the thread that delivers. */
    private boolean failed;
    /** Whether a connection has ended with a close_notify, and whether one has without; of the thread that delivers. */
    private boolean notifies;

    private boolean endsWithout;

    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(null, task, "certrail-sink-timeout", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    });

    /** @param timeout of a whole delivery, above zero */
    SyslogSink(Target.Syslog to, SSLContext tls, SyslogMessage message, Duration timeout, Clock clock) {
        this.to = to;
        this.tls = tls;
        this.message = message;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public SinkKind kind() {
        return SinkKind.SYSLOG;
    }

    @Override
    public String target() {
        return "syslog:" + to.host() + ":" + to.port();
    }

    @Override
    public void deliver(PublishedCheckpoint checkpoint) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        try (WatchedSocket socket = new WatchedSocket()) {
            // the plain one: closing an SSLSocket waits for a write that hangs
            Future<?> deadline =
                    watchdog.schedule(() -> abort(socket, late), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.connect(new InetSocketAddress(to.host(), to.port()), (int) timeout.toMillis());
                send(socket, message.frame(checkpoint, clock.instant()));
                failed = false;
            } finally {
                deadline.cancel(false);
            }
        } catch (IOException e) {
            failed = true;
            throw late.get() ? new IOException("no answer within " + timeout, e) : e;
        }
    }

    private static void abort(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            // it is broken already
        }
    }

    private void send(WatchedSocket socket, byte[] frame) throws IOException {
        forgetSessions();
        try (SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, to.host(), to.port(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the host's name, as RFC 5425 section 5.2 asks
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            if (failed) {
                listen(secured);
            }
            secured.getOutputStream().write(frame);
            secured.getOutputStream().flush();
            secured.shutdownOutput();
            awaitClose(secured.getInputStream());
            socket.check();
            checkEnd(socket);
        }
    }

    private void checkEnd(WatchedSocket socket) throws EOFException {
        if (!socket.hasEnded()) {
            notifies = true;
            return;
        }
        boolean isItsWay = endsWithout && !notifies;
        endsWithout = true;
        if (!isItsWay) {
            throw new EOFException(
                    "the receiver ended the connection without a close_notify (RFC 5425 section 4.4), so it may not"
                            + " have read the message; "
                            + (notifies
                                    ? "it has sent one before, so it is not believed without: have it send one again (rsyslog: by the"
                                            + " driver ossl), or restart this server if it cannot"
                                    : "if it does so again, that is taken for its way to close, as of rsyslog's driver gtls."
                                            + " Better is one that sends it, such as the driver ossl"));
        }
    }

    /**
     * A receiver that refuses this client says so after the handshake (TLS 1.3), and who is writing by then hears of a broken pipe
     * alone. So after a failure it is waited for.
     */
    private static void listen(SSLSocket secured) throws IOException {
        secured.setSoTimeout(LISTEN_MILLIS);
        try {
            awaitClose(secured.getInputStream());
            throw new EOFException("the receiver closed the connection after the handshake");
        } catch (SocketTimeoutException e) {
            secured.setSoTimeout(0); // it has nothing to say
        }
    }

    /** Each delivery shakes hands anew: some receivers that ask for a certificate refuse sessions that are resumed. */
    private void forgetSessions() {
        SSLSessionContext sessions = tls.getClientSessionContext();
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            if (session != null) {
                session.invalidate();
            }
        }
    }

    private static void awaitClose(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("the receiver sent something: it is no receiver of syslog over TLS");
        }
    }

    @Override
    public void close() {
        watchdog.shutdownNow().forEach(Runnable::run);
    }
}
