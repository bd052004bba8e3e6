package io.certrail.server.wildfly;

import org.jspecify.annotations.Nullable;

/**
 * The calls of a connection that are on their way into the layers below. One that finds the connection broken closes it
 * before it tells why, so that what is to be done at the close has to wait until the call returns. One thread reads at a
 * time, and one writes.
 */
final class CallsBelow {
    private volatile @Nullable Thread reader;
    private volatile @Nullable Thread writer;
    private volatile boolean closing;

    /** A call begins. */
    void begins(boolean reading) {
        enter(reading, Thread.currentThread());
    }

    /**
     * It is over, and what it told is known.
     *
     * @return whether a close is to be made up for
     */
    boolean returns(boolean reading) {
        enter(reading, null);
        return closing;
    }

    private void enter(boolean reading, @Nullable Thread thread) {
        if (reading) {
            reader = thread;
        } else {
            writer = thread;
        }
    }

    /** Whether this thread comes from such a call: then the close is made up for when that returns. */
    boolean defersClose() {
        Thread self = Thread.currentThread();
        boolean within = reader == self || writer == self;
        closing |= within;
        return within;
    }
}
