package io.certrail.server.payara;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/**
 * Hears why a connection was given up. Grizzly closes one whose client reset it as if it had ended well, and tells only its
 * logger of what reading threw, on the thread that then closes the connection.
 */
final class ResetWatch implements AutoCloseable {
    private final Map<Long, IOException> byThread = new ConcurrentHashMap<>();
    private final LogWatch log = new LogWatch(Grizzly.logger(TCPNIOTransport.class), this::thrown);

    private void thrown(Throwable thrown) {
        if (thrown instanceof IOException failure) {
            byThread.put(Thread.currentThread().getId(), failure);
        }
    }

    /** What the read threw that made this thread close a connection, or {@code null} at an orderly end. */
    @Nullable
    IOException takeFailure() {
        return byThread.remove(Thread.currentThread().getId());
    }

    @Override
    public void close() {
        log.close();
    }
}
