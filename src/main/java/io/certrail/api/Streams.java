package io.certrail.api;

import io.certrail.config.CertrailConfig;
import io.certrail.trail.Durable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The live streams that are open or being opened, a bounded number, and the one daemon thread that pumps them. Safe for use by any thread. */
@ApplicationScoped
public class Streams {
    private static final Logger LOG = System.getLogger(Streams.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    @Inject
    @Nullable
    Evidence evidence;

    @Inject
    @Nullable
    CertrailConfig config;

    private final List<LiveStream> open = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Taken: by streams that are open, and by those that are being opened. */
    private int places;

    private @Nullable Thread thread;
    /** Of the one thread: whether it was told that it fails. */
    private boolean failing;

    /** For the container. */
    public Streams() {}

    /** A place for one more; empty if all are taken. */
    synchronized Optional<Place> take() {
        if (closed.getCount() == 0 || places >= Objects.requireNonNull(config).maxStreams()) {
            return Optional.empty();
        }
        places++;
        return Optional.of(new Place());
    }

    /** Held from before a stream is opened until it has ended; closed unfilled, it is free again. Belongs to one thread. */
    final class Place implements AutoCloseable {
        private boolean filled;

        private Place() {}

        /** Pumps a stream from now on, until it ends and leaves the place. */
        void fill(LiveStream stream) {
            add(stream);
            filled = true;
        }

        @Override
        public void close() {
            if (!filled) {
                leave(List.of(), 1);
            }
        }
    }

    private synchronized void add(LiveStream stream) {
        if (closed.getCount() == 0) {
            stream.stop();
            return;
        }
        if (thread == null) {
            Thread pump = new Thread(null, this::run, "certrail-streams", 0, false);
            pump.setDaemon(true);
            pump.start();
            thread = pump;
        }
        open.add(stream);
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                pump();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams().forEach(LiveStream::stop);
    }

    /** Goes on after errors, too: if the thread ended, all streams would hang, and hold their places. */
    private void pump() {
        try {
            Durable durable = Objects.requireNonNull(evidence).trail().durable();
            long now = System.nanoTime();
            List<LiveStream> over = streams().stream()
                    .filter(stream -> !stream.pump(durable, now))
                    .toList();
            leave(over, over.size());
            failing = false;
        } catch (Throwable e) {
            if (!failing) {
                failing = true;
                LOG.log(Level.WARNING, "CTR0824 The live streams do not go on; it is tried again", e);
            }
        }
    }

    private synchronized List<LiveStream> streams() {
        return List.copyOf(open);
    }

    private synchronized void leave(List<LiveStream> over, int taken) {
        open.removeAll(over);
        places -= taken;
    }

    /** Ends all streams. Called twice, it does nothing. */
    @PreDestroy
    void close() {
        closed.countDown();
        Thread pump;
        synchronized (this) {
            pump = thread;
        }
        try {
            if (pump != null) {
                pump.join(LONGEST_CLOSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
