package io.certrail.scan.probe;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection when its time is over, in a thread of its own: a socket's timeout begins anew with each byte that
 * comes, and does not hold for what is sent.
 */
final class Deadline implements AutoCloseable {
    private final Socket socket;
    private final Duration limit;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean over;

    private Deadline(Socket socket, Duration limit) {
        this.socket = socket;
        this.limit = limit;
    }

    static Deadline of(Socket socket, Duration limit) {
        var deadline = new Deadline(socket, limit);
        var thread = new Thread(deadline::watch, "certrail-scan-deadline");
        thread.setDaemon(true);
        thread.start();
        return deadline;
    }

    private void watch() {
        try {
            if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                over = true;
                socket.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** Whether the connection was closed for it. */
    boolean isOver() {
        return over;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
