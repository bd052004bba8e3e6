package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.server.HandshakeRecords;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns what was captured into the handshake's record. A success is judged at once, for its first request needs the
 * facts; anything else on a thread of its own, off the handshake's path. What that thread has no room or no time for is
 * judged briefly by who reports it, or who closes: nothing is dropped.
 */
final class Verdicts implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final HandshakeRecords records;
    private final Duration drain;
    private final ThreadPoolExecutor worker;

    Verdicts(Recorder recorder) {
        this(recorder, DRAIN);
    }

    /** @param drain how long {@link #close()} leaves the thread to judge what is waiting */
    Verdicts(Recorder recorder, Duration drain) {
        records = HandshakeRecords.begin(recorder);
        this.drain = drain;
        worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> {
                    Thread thread = new Thread(task, "certrail-verdicts");
                    thread.setDaemon(true);
                    return thread;
                },
                (task, full) -> judgeBriefly(task));
    }

    /** A handshake that is to be judged. */
    private record Judgement(
            HandshakeRecords records, HandshakeRecords.Observed connection, HandshakeFacts facts, long endedNanos)
            implements Runnable {
        @Override
        public void run() {
            records.record(connection, facts, endedNanos);
        }

        void runBriefly() {
            records.recordBriefly(connection, facts, endedNanos);
        }
    }

    private static void judgeBriefly(Runnable task) {
        ((Judgement) task).runBriefly();
    }

    /** Records a handshake whose connection was {@link OpenConnection#judge() judged} by the caller. */
    void settle(HandshakeRecords.Observed connection, HandshakeFacts facts) {
        Judgement judgement = new Judgement(records, connection, facts, System.nanoTime());
        if (facts.ending() == Ending.ESTABLISHED) {
            judgement.run();
        } else {
            worker.execute(judgement);
        }
    }

    /** Takes over what a later handshake on the same connection brought: a certificate asked for on demand. */
    void renew(OpenConnection connection, HandshakeFacts facts) {
        records.renew(connection, facts);
    }

    /** Watches no more what handshakes read; what they did is still judged. */
    void unwatch() {
        records.close();
    }

    private boolean isDrained() throws InterruptedException {
        return worker.awaitTermination(drain.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Judges what is waiting, in bounded time, and ends the thread. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!isDrained()) {
                worker.shutdownNow().forEach(Verdicts::judgeBriefly);
                isDrained(); // but for one that is being judged right now
            }
        } catch (InterruptedException e) {
            worker.shutdownNow().forEach(Verdicts::judgeBriefly);
            Thread.currentThread().interrupt();
        } finally {
            records.close();
        }
    }
}
