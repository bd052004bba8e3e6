package io.certrail.deployment;

import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was begun and has to be taken back: the last first, all of it, whatever fails. Not for use by two threads at a
 * time.
 */
final class Undo {
    private static final Logger LOG = System.getLogger(Undo.class.getName());

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Remembers how something is taken back. */
    void with(String what, Runnable how) {
        steps.push(new Step(what, how));
    }

    /** Takes back all that was remembered, once. */
    void run() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.how().run();
            } catch (RuntimeException | Error e) {
                LOG.log(
                        Logger.Level.WARNING,
                        "CTR0403 Could not " + step.what() + "; the rest is stopped all the same",
                        e);
            }
        }
    }

    private record Step(String what, Runnable how) {}
}
