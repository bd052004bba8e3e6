package io.certrail.trail;

/** Calls what others have made, for threads that must go on: a metric must not cost a record. Any thread may call. */
final class Guard {
    private Guard() {}

    /** Whatever is thrown, also where a class is missing, goes no further. Who calls makes the call, for which memory may be out. */
    static void run(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            // nobody to tell
        }
    }
}
