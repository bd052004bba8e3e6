package io.certrail.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks again and again whether a server's listeners are still those that have the hooks: servers do not tell. */
public final class ListenerWatch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> looking;

    private ListenerWatch(ScheduledExecutorService thread, Runnable look, Consumer<Throwable> onFailure) {
        this.thread = thread;
        Runnable looks = () -> look(look, onFailure);
        looking = thread.scheduleWithFixedDelay(looks, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins.
     *
     * @param look called four times a second by one thread, also after it threw
     * @param onFailure is given what it threw; must not throw
     */
    public static ListenerWatch begin(Runnable look, Consumer<Throwable> onFailure) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "certrail-listeners");
            daemon.setDaemon(true);
            return daemon;
        });
        return new ListenerWatch(thread, look, onFailure);
    }

    private static void look(Runnable look, Consumer<Throwable> onFailure) {
        try {
            look.run();
        } catch (Throwable e) { // an error must not end the watch without a word
            onFailure.accept(e);
        }
    }

    /** Ends it, and does not wait for a look that is on its way. */
    @Override
    public void close() {
        looking.cancel(false);
        thread.shutdownNow();
    }
}
