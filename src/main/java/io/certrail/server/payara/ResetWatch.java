package io.certrail.server.payara;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/**
 * Tells a reset from an orderly close. Grizzly's transport treats both as end of stream and gives away the difference
 * only to its logger, at level FINE, on the thread that then closes the connection. So this listens there, and keeps
 * what it made the logger say out of the server's log.
 */
final class ResetWatch implements Filter, AutoCloseable {
    private final Logger logger = Grizzly.logger(TCPNIOTransport.class);
    private final @Nullable Level level = logger.getLevel();
    private final @Nullable Filter filter = logger.getFilter();
    private final boolean wasFine = logger.isLoggable(Level.FINE);
    private final Map<Long, IOException> byThread = new ConcurrentHashMap<>();

    ResetWatch() {
        if (!wasFine) {
            logger.setLevel(Level.FINE);
        }
        logger.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record.getThrown() instanceof IOException failure) {
            byThread.put(Thread.currentThread().getId(), failure);
        }
        boolean asked = wasFine || record.getLevel().intValue() > Level.FINE.intValue();
        return asked && (filter == null || filter.isLoggable(record));
    }

    /** What the read threw that made this thread close a connection, or {@code null} at an orderly end. */
    @Nullable
    IOException takeFailure() {
        return byThread.remove(Thread.currentThread().getId());
    }

    @Override
    public void close() {
        logger.setFilter(filter);
        logger.setLevel(level);
    }
}
