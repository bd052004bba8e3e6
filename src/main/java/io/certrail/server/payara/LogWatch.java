package io.certrail.server.payara;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears what Grizzly tells nobody but one of its loggers, at level FINE and on the thread on which it happens, and keeps
 * what it made that logger say out of the server's log. Other applications with Certrail may listen, too, whose classes are
 * others than these: each listens through the next, and they know each other by what they are to the JDK. Safe for use by
 * any thread; they are put in and taken out under the logger's lock.
 */
final class LogWatch implements Filter, Supplier<Map<String, Object>>, AutoCloseable {
    /** An {@code AtomicReference<Filter>}: where the filter stands that comes after a link. */
    private static final String NEXT = "next";
    /** A {@code Level}: the logger's own before the first link, left out if it had none. */
    private static final String LEVEL = "level";
    /** A {@code Boolean}: whether it said then what is FINE. */
    private static final String FINE = "fine";

    private final Logger logger;
    private final AtomicReference<@Nullable Filter> next;
    private final @Nullable Level level;
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
        synchronized (logger) {
            Filter first = logger.getFilter();
            Map<?, ?> link = link(first);
            next = new AtomicReference<>(first);
            level = link == null ? logger.getLevel() : (Level) link.get(LEVEL);
            wasFine = link == null ? logger.isLoggable(Level.FINE) : Boolean.TRUE.equals(link.get(FINE));
            if (!logger.isLoggable(Level.FINE)) {
                logger.setLevel(Level.FINE);
            }
            logger.setFilter(this);
        }
    }

    /** What another application's has to know of this one. */
    @Override
    public Map<String, Object> get() {
        Map<String, Object> told = new HashMap<>(Map.of(NEXT, next, FINE, wasFine));
        if (level != null) {
            told.put(LEVEL, level);
        }
        return told;
    }

    /** What a link tells, of whatever application; {@code null} of the server's own filters. */
    private static @Nullable Map<?, ?> link(@Nullable Filter any) {
        return any instanceof Supplier<?> supplier
                        && supplier.get() instanceof Map<?, ?> told
                        && told.get(NEXT) instanceof AtomicReference<?>
                ? told
                : null;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        Throwable thrown = record.getThrown();
        Consumer<Throwable> told = listener;
        if (thrown != null && told != null) {
            told.accept(thrown);
        }
        boolean asked = wasFine || record.getLevel().intValue() > Level.FINE.intValue();
        Filter following = next.get();
        if (!asked && link(following) == null) {
            return false;
        }
        return (following == null || following.isLoggable(record)) && asked;
    }

    /** Leaves the chain, and the logger as it was before the first if this is the last. */
    @Override
    public void close() {
        listener = null;
        synchronized (logger) {
            if (logger.getFilter() == this) {
                logger.setFilter(next.get());
                if (link(next.get()) == null) {
                    logger.setLevel(level);
                }
            } else {
                unlink();
            }
        }
    }

    private void unlink() {
        AtomicReference<@Nullable Filter> place = after(logger.getFilter());
        while (place != null && !place.compareAndSet(this, next.get())) {
            place = after(place.get());
        }
    }

    @SuppressWarnings("unchecked") // what a link tells
    private static @Nullable AtomicReference<@Nullable Filter> after(@Nullable Filter any) {
        Map<?, ?> link = link(any);
        return link == null ? null : (AtomicReference<@Nullable Filter>) link.get(NEXT);
    }
}
