package io.certrail.server.payara;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Logger;

/**
 * Hears what is wrong with HTTP/2 frames. Grizzly answers them itself, with RST_STREAM or GOAWAY, and tells nobody but
 * its logger, on the thread that has just read them.
 */
final class FrameWatch implements AutoCloseable {
    private final Map<Long, OpenConnection> reading = new ConcurrentHashMap<>();
    private final BiConsumer<OpenConnection, FrameFault> listener;
    private final LogWatch log;

    /** @param listener must not throw */
    FrameWatch(BiConsumer<OpenConnection, FrameFault> listener) {
        this.listener = listener;
        log = new LogWatch(Logger.getLogger("org.glassfish.grizzly.http2.Http2BaseFilter"), this::thrown);
    }

    /** Tells that this thread has read from a connection that speaks HTTP/2 and is going to look at it. */
    void reads(OpenConnection connection) {
        reading.put(Thread.currentThread().getId(), connection);
    }

    private void thrown(Throwable thrown) {
        OpenConnection connection = reading.get(Thread.currentThread().getId());
        FrameFault fault = connection == null ? null : FrameFault.of(thrown, connection);
        if (fault != null) {
            listener.accept(connection, fault);
        }
    }

    @Override
    public void close() {
        log.close();
        reading.clear();
    }
}
