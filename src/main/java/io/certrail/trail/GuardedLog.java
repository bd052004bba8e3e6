package io.certrail.trail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The operational log, for the threads that must go on: whatever goes wrong with it is no failure of the trail's. Allocates
 * nothing of its own, for memory may be out. Any thread may log.
 */
final class GuardedLog {
    private static final Logger LOG = System.getLogger("io.certrail.trail");

    private GuardedLog() {}

    static void log(Level level, String message) {
        logThrown(level, message, null);
    }

    /** @param parameters as {@link Logger#log(Level, String, Object...)} takes them */
    static void log(Level level, String message, Object... parameters) {
        try {
            LOG.log(level, message, parameters);
        } catch (RuntimeException | Error e) {
            // nobody to tell
        }
    }

    /**
     * @param thrown null: nothing was
     * @return false: memory was out, and it may be logged later
     */
    static boolean logThrown(Level level, String message, @Nullable Throwable thrown) {
        try {
            LOG.log(level, message, thrown);
            return true;
        } catch (RuntimeException | Error e) {
            return !(e instanceof OutOfMemoryError);
        }
    }
}
