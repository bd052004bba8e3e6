package io.certrail.server.payara;

import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears what Grizzly tells nobody but one of its loggers, at level FINE and on the thread on which it happens, and keeps
 * what it made that logger say out of the server's log. Safe for use by any thread.
 */
final class LogWatch implements Filter, AutoCloseable {
    private final Logger logger;
    private final @Nullable Level level;
    private final @Nullable Filter filter;
    private final boolean wasFine;
    private volatile @Nullable Consumer<Throwable> listener;

    /**
     * Listens from now on.
     *
     * @param listener is given what was thrown; must not throw
     */
    LogWatch(Logger logger, Consumer<Throwable> listener) {
        this.logger = logger;
        this.listener = listener;
        level = logger.getLevel();
        filter = logger.getFilter();
        wasFine = logger.isLoggable(Level.FINE);
        if (!wasFine) {
            logger.setLevel(Level.FINE);
        }
        logger.setFilter(this);
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        Consumer<Throwable> told = listener;
        if (thrown != null && told != null) {
            told.accept(thrown);
        }
        boolean asked = wasFine || record.getLevel().intValue() > Level.FINE.intValue();
        return asked && (filter == null || filter.isLoggable(record));
    }

    /** Leaves the logger as it was. Where another one listens through this by now, this only lets all pass. */
    @Override
    public void close() {
        listener = null;
        if (logger.getFilter() == this) {
            logger.setFilter(filter);
            logger.setLevel(level);
        }
    }
}
