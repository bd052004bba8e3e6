package io.certrail.sink;

import java.io.IOException;

/**
 * A place outside that is given copies, one after the other. What is given depends on the type: today checkpoints, of which
 * only the newest matters, from a {@link Latest}; records, of which each matters, would come from another {@link Feed}, one
 * that reads the trail and keeps how far it came.
 *
 * <p>Used by one thread, but for {@link #close()}.
 *
 * @param <T> what it is given
 */
interface Sink<T> extends AutoCloseable {
    SinkKind kind();

    /** Which one, for the operator: as it was configured, without secrets. */
    String target();

    /**
     * Delivers one. Returns when the place has it for certain, as far as its protocol can tell. Has a time limit of its own
     * wherever the other side could keep it waiting.
     *
     * @throws IOException if that is not certain: it will be tried again, so a place may see one twice
     * @throws InterruptedException if it is to end
     */
    void deliver(T item) throws IOException, InterruptedException;

    /** Gives back what it holds, and ends a delivery under way if that can be ended. */
    @Override
    default void close() {}
}
