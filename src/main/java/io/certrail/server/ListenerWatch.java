package io.certrail.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks again and again whether a server's listeners are still those that have the hooks: servers do not tell. */
public final class ListenerWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
    /** While looks fail: a listener that can not be hooked now may be soon, and another one may come meanwhile. */
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long TELL_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Runnable look;
    private final Consumer<Throwable> onFailure;
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable String told;
    private long toldAt;

    private ListenerWatch(Runnable look, Consumer<Throwable> onFailure) {
        this.look = look;
        this.onFailure = onFailure;
        thread = new Thread(this::run, "certrail-listeners");
        thread.setDaemon(true);
    }

    /**
     * Begins.
     *
     * @param look called four times a second by one thread, also after it threw; while it throws, less and less often, down to
     *     once in five seconds
     * @param onFailure is given what it threw, the same again only after a minute; looking goes on also if this throws
     */
    public static ListenerWatch begin(Runnable look, Consumer<Throwable> onFailure) {
        ListenerWatch watch = new ListenerWatch(look, onFailure);
        watch.thread.start();
        return watch;
    }

    private void run() {
        long pause = PAUSE_NANOS;
        while (!closed) {
            LockSupport.parkNanos(this, pause); // takes no memory, which may be out
            Thread.interrupted(); // else it could not sleep
            if (!closed) {
                pause = isLookedAt() ? PAUSE_NANOS : Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        }
    }

    private boolean isLookedAt() {
        try {
            look.run();
            return true;
        } catch (Throwable e) { // an error must not end the watch without a word
            failed(e);
            return false;
        }
    }

    private void failed(Throwable e) {
        try {
            String text = e.toString();
            if (!text.equals(told) || System.nanoTime() - toldAt >= TELL_AGAIN_NANOS) {
                onFailure.accept(e);
                told = text;
                toldAt = System.nanoTime();
            }
        } catch (RuntimeException | Error more) {
            // nobody to tell; the next look may
        }
    }

    /** Ends it, and does not wait for a look that is on its way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
