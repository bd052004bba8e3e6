package io.certrail.server.payara;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears what is wrong with HTTP/2 frames. Grizzly answers them itself, with RST_STREAM or GOAWAY, and tells nobody but
 * its logger, at level FINE, on the thread that has just read them. So this listens there, as {@link ResetWatch} does.
 */
final class FrameWatch implements Filter, AutoCloseable {
    private final Logger logger = Logger.getLogger("org.glassfish.grizzly.http2.Http2BaseFilter");
    private final @Nullable Level level = logger.getLevel();
    private final @Nullable Filter filter = logger.getFilter();
    private final boolean wasFine = logger.isLoggable(Level.FINE);
    private final Map<Long, OpenConnection> reading = new ConcurrentHashMap<>();
    private final BiConsumer<OpenConnection, FrameFault> listener;

    /** @param listener must not throw */
    FrameWatch(BiConsumer<OpenConnection, FrameFault> listener) {
        this.listener = listener;
        if (!wasFine) {
            logger.setLevel(Level.FINE);
        }
        logger.setFilter(this);
    }

    /** Tells that this thread has read from a connection that speaks HTTP/2 and is going to look at it. */
    void reads(OpenConnection connection) {
        reading.put(Thread.currentThread().getId(), connection);
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        FrameFault fault = FrameFault.of(record.getThrown());
        OpenConnection connection =
                fault == null ? null : reading.get(Thread.currentThread().getId());
        if (fault != null && connection != null) {
            listener.accept(connection, fault);
        }
        boolean asked = wasFine || record.getLevel().intValue() > Level.FINE.intValue();
        return asked && (filter == null || filter.isLoggable(record));
    }

    @Override
    public void close() {
        logger.setFilter(filter);
        logger.setLevel(level);
        reading.clear();
    }
}
