package io.certrail.sink;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Takes from a feed and gives to a sink, on a daemon thread of its own, until it is closed. What fails is tried again, for
 * ever and ever more rarely. That a sink went away, that the cause is another one now, and that it is back is said once each.
 */
final class Delivery<T> implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.certrail.sink");
    private static final Duration NAP = Duration.ofMillis(250);

    private final Feed<T> feed;
    private final Sink<T> sink;
    private final Backoff backoff;
    private final Duration pace;
    private final DeliveryMeter meter;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private int failures;
    private boolean alarmed;
    private String cause = "";

    private Delivery(Feed<T> feed, Sink<T> sink, Backoff backoff, Duration pace, DeliveryMeter meter) {
        this.feed = feed;
        this.sink = sink;
        this.backoff = backoff;
        this.pace = pace;
        this.meter = meter;
        thread = new Thread(null, this::run, "certrail-sink-" + sink.kind().id(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null); // what a sink's libraries start must not keep an application
    }

    /**
     * Begins to deliver.
     *
     * @param pace shortest time between two deliveries
     */
    static <T> Delivery<T> start(Feed<T> feed, Sink<T> sink, Backoff backoff, Duration pace, DeliveryMeter meter) {
        Delivery<T> delivery = new Delivery<>(feed, sink, backoff, pace, meter);
        delivery.thread.start();
        return delivery;
    }

    private void run() {
        try {
            while (true) {
                boolean last = isClosing(); // asked first: what was put before the end began is to be delivered
                T item = feed.next(last ? Duration.ZERO : NAP);
                if (item != null) {
                    rest(attempt(item));
                } else if (last) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // closed, and out of patience
        } finally {
            sink.close();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Until the next attempt, or the end; who is about to end rests after a failure only, and briefly. */
    private void rest(boolean delivered) throws InterruptedException {
        if (!isClosing()) {
            Duration rest = delivered ? pace : backoff.after(failures);
            closing.await(rest.toMillis(), TimeUnit.MILLISECONDS);
        } else if (!delivered) {
            Thread.sleep(backoff.first().toMillis());
        }
    }

    /** Whether the sink has it now. */
    private boolean attempt(T item) throws InterruptedException {
        try {
            sink.deliver(item);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) { // an error must not end the only one who delivers without a word
            failed(e);
            return false;
        }
        feed.delivered(item);
        meter.delivered(sink.kind());
        if (failures > 0) {
            LOG.log(Level.INFO, "CTR0802 {0} can be delivered to again, after {1} failures", sink.target(), failures);
        }
        failures = 0;
        alarmed = false;
        return true;
    }

    private void failed(Throwable e) {
        meter.failed(sink.kind());
        failures++;
        boolean alarm = e instanceof WitnessAlarm;
        if (alarm) {
            alarm(e);
        } else if (failures == 1 || !said(e).equals(cause)) {
            LOG.log(
                    Level.WARNING,
                    "CTR0801 {0} cannot be delivered to: {1}. It is tried again, ever more rarely",
                    sink.target(),
                    said(e));
        }
        alarmed = alarm;
        cause = said(e);
    }

    /** Once: its text differs each time, for the trail goes on. */
    private void alarm(Throwable e) {
        if (!alarmed) {
            LOG.log(Level.ERROR, "CTR0804 {0} remembers another trail: {1}", sink.target(), said(e));
        }
    }

    private static String said(Throwable e) {
        String message = e.getMessage();
        return e instanceof IOException && message != null ? message : e.toString();
    }

    /** Begins to end: what is to be delivered still is, if it can be in time. */
    void finish() {
        closing.countDown();
    }

    /**
     * Ends.
     *
     * @param patience how long to wait for a delivery under way; then it is broken off
     */
    void close(Duration patience) {
        finish();
        try {
            thread.join(Math.max(patience.toMillis(), 1));
            if (thread.isAlive()) {
                LOG.log(Level.WARNING, "CTR0803 {0} did not take what was last in time", sink.target());
                thread.interrupt();
                sink.close();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            sink.close();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
