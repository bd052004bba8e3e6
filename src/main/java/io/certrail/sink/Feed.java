package io.certrail.sink;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered to one sink, in its order. One thread takes.
 *
 * @param <T> what is delivered
 */
interface Feed<T> {
    /**
     * What is to be delivered next, which stays to be delivered until {@link #delivered} is told. May be another one, and
     * newer, with every call.
     *
     * @param timeout longest wait for one
     * @return {@code null} if none came
     */
    @Nullable
    T next(Duration timeout) throws InterruptedException;

    /** One that {@link #next} gave is where it belongs. */
    void delivered(T item);
}
