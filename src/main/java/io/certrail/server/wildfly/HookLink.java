package io.certrail.server.wildfly;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A hook in a chain of such, each of which goes on to the next; the last one is the server's own. Other applications'
 * are in it, too, whose classes are others than these: so links know each other by what they are to the JDK. Links are
 * put in and taken out under the lock of the listener whose chain it is; those who pass need none.
 *
 * @param <T> what stands in the place of which this is a chain
 */
abstract class HookLink<T> implements Supplier<AtomicReference<T>> {
    private final AtomicReference<T> next;

    HookLink(T next) {
        this.next = new AtomicReference<>(next);
    }

    final T next() {
        return Objects.requireNonNull(next.get());
    }

    /** Where the next one stands, for whoever takes that out. */
    @Override
    public final AtomicReference<T> get() {
        return next;
    }

    /** Whether this is a hook of Certrail's, of whatever application. */
    static boolean isLink(Object any) {
        return any instanceof Supplier<?> supplier && supplier.get() instanceof AtomicReference<?>;
    }

    /**
     * Takes this out, wherever in the chain it is. Who is passing it goes on as before.
     *
     * @param first the chain's first
     * @param putFirst takes the one that is the first from now on, if that changes
     */
    final void unlink(T first, Consumer<T> putFirst) {
        if (first == this) {
            putFirst.accept(next());
            return;
        }
        T link = first;
        while (isLink(link)) {
            AtomicReference<T> reference = nextOf(link);
            if (reference.compareAndSet(itself(), next())) {
                return;
            }
            link = Objects.requireNonNull(reference.get());
        }
    }

    @SuppressWarnings("unchecked") // a chain is of one type
    private AtomicReference<T> nextOf(T link) {
        return ((Supplier<AtomicReference<T>>) link).get();
    }

    @SuppressWarnings("unchecked") // every link is a T itself
    private T itself() {
        return (T) this;
    }
}
