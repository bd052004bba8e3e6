package io.certrail.trail;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The operational log, for the threads that must go on: whatever goes wrong with it is no failure of the trail's. Any thread
 * may log.
 */
final class GuardedLog {
    private static final Logger LOG = System.getLogger("io.certrail.trail");

    private GuardedLog() {}

    /** @param parameters as {@link Logger#log(Level, String, Object...)} takes them */
    static void log(Level level, String message, Object... parameters) {
        guard(() -> LOG.log(level, message, parameters));
    }

    /** @param thrown null: nothing was */
    static void logThrown(Level level, String message, @Nullable Throwable thrown) {
        guard(() -> LOG.log(level, message, thrown));
    }

    private static void guard(Runnable logging) {
        try {
            logging.run();
        } catch (RuntimeException | Error e) {
            // nobody to tell
        }
    }
}
