package io.certrail.api;

import io.certrail.config.CertrailConfig;
import io.certrail.trail.Durable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The live streams that are open, a bounded number, and the one daemon thread that pumps them. Safe for use by any thread. */
@ApplicationScoped
public class Streams {
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
    private @Nullable Thread thread;

    /** For the container. */
    public Streams() {}

    /** Whether one more may be opened. */
    synchronized boolean hasRoom() {
        return closed.getCount() > 0
                && open.size() < Objects.requireNonNull(config).maxStreams();
    }

    /** Pumps a stream from now on. */
    synchronized void add(LiveStream stream) {
        if (closed.getCount() == 0) {
            stream.stop();
            return;
        }
        open.add(stream);
        if (thread == null) {
            Thread pump = new Thread(null, this::run, "certrail-streams", 0, false);
            pump.setDaemon(true);
            pump.start();
            thread = pump;
        }
    }

    private void run() {
        try {
            while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                Durable durable = Objects.requireNonNull(evidence).trail().durable();
                long now = System.nanoTime();
                List<LiveStream> over = streams().stream()
                        .filter(stream -> !stream.pump(durable, now))
                        .toList();
                remove(over);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams().forEach(LiveStream::stop);
    }

    private synchronized List<LiveStream> streams() {
        return List.copyOf(open);
    }

    private synchronized void remove(List<LiveStream> over) {
        open.removeAll(over);
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
