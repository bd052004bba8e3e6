package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;

/** Words failures for the operator. */
final class FailureLog {
    private FailureLog() {}

    /** Some exceptions of the file system have a path for a message, and say what happened only by their name. */
    static String cause(Throwable e) {
        try {
            boolean speaks = e.getMessage() != null
                    && (e.getClass() == IOException.class || e instanceof ForeignChangeException);
            return speaks ? String.valueOf(e.getMessage()) : e.toString();
        } catch (RuntimeException | LinkageError more) { // of somebody else's exception
            return e.getClass().getName();
        }
    }

    static void failing(Throwable e) {
        String message = "CTR0301 The trail can not be written, tried again until it can: " + cause(e);
        GuardedLog.logThrown(
                Level.ERROR, message, e instanceof IOException ? null : e); // what is not the disk's is ours to mend
    }

    static void writesAgain(TrailStatus.Failing failing) {
        GuardedLog.log(Level.INFO, "CTR0302 The trail writes again; it failed since {0}", failing.since());
    }
}
