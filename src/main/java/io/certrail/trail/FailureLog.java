package io.certrail.trail;

import java.io.IOException;
import java.lang.System.Logger.Level;

/** Words failures for the operator. What it tells, it tells for threads that must go on: it throws nothing. */
final class FailureLog {
    private FailureLog() {}

    /**
     * Some exceptions of the file system have a path for a message, and say what happened only by their name. Throws where
     * memory is out.
     */
    static String cause(Throwable e) {
        try {
            boolean speaks = e.getMessage() != null
                    && (e.getClass() == IOException.class || e instanceof ForeignChangeException);
            return speaks ? String.valueOf(e.getMessage()) : e.toString();
        } catch (RuntimeException | LinkageError more) { // of somebody else's exception
            return e.getClass().getName();
        }
    }

    /**
     * Tells of a failure.
     *
     * @param message what comes of it; its cause is told behind that
     * @return false: memory was out, and it may be told later
     */
    static boolean tell(String message, Throwable e) {
        try { // what is not the disk's is ours to mend
            return GuardedLog.logThrown(Level.ERROR, message + cause(e), e instanceof IOException ? null : e);
        } catch (RuntimeException | Error more) {
            return false;
        }
    }

    /** @return as {@link #tell} */
    static boolean failing(Throwable e) {
        return tell("CTR0301 The trail can not be written, tried again until it can: ", e);
    }

    static void givenUp(Throwable e) {
        tell(
                "CTR0320 The trail ended with a failure that could not be dealt with; what was not on disk is lost and"
                        + " counted, and no record tells of it: ",
                e);
    }

    static void notClosed(Throwable e) {
        tell(
                "CTR0321 The trail's files could not be closed as they should be; what is on record stays, and the next"
                        + " start puts them in order: ",
                e);
    }

    static void writesAgain(TrailStatus.Failing failing) {
        try {
            GuardedLog.log(Level.INFO, "CTR0302 The trail writes again; it failed since {0}", failing.since());
        } catch (RuntimeException | Error e) {
            // nobody to tell
        }
    }
}
