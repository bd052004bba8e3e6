package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Words failures for the operator. */
final class FailureLog {
    private static final Logger LOG = System.getLogger("io.certrail.trail");

    private FailureLog() {}

    /** Some exceptions of the file system have a path for a message, and say what happened only by their name. */
    static String cause(Throwable e) {
        boolean speaks =
                e.getMessage() != null && (e.getClass() == IOException.class || e instanceof ForeignChangeException);
        return speaks ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Whatever goes wrong with the log is no failure of the trail's. */
    static void failing(Throwable e) {
        try {
            tell(e);
        } catch (RuntimeException | Error more) {
            // nobody to tell
        }
    }

    private static void tell(Throwable e) {
        String message = "CTR0301 The trail can not be written, tried again until it can: " + cause(e);
        if (e instanceof IOException) {
            LOG.log(Level.ERROR, message);
        } else {
            LOG.log(Level.ERROR, message, e); // ours to mend
        }
    }

    static void writesAgain(TrailStatus.Failing failing) {
        LOG.log(Level.INFO, "CTR0302 The trail writes again; it failed since {0}", failing.since());
    }
}
