package io.certrail.server.payara;

import io.certrail.recorder.Recorder;
import io.certrail.server.HandshakeRecords;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeFacts;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Turns what was captured into the handshake's record. A success is judged at once, for its first request needs the
 * facts; anything else on a thread of its own, off the handshake's path. What that thread has no room or no time for, or
 * what does not get to it, is judged briefly by who reports it, or who closes: nothing is dropped.
 */
final class Verdicts implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Recorder recorder;
    private final HandshakeRecords records;
    private final Duration drain;
    private final ThreadPoolExecutor worker;

    Verdicts(Recorder recorder) {
        this(recorder, DRAIN, Verdicts::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "certrail-verdicts");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param drain how long {@link #close()} leaves the thread to judge what is waiting
     * @param threads makes that thread
     */
    Verdicts(Recorder recorder, Duration drain, ThreadFactory threads) {
        this.recorder = recorder;
        records = HandshakeRecords.begin(recorder);
        this.drain = drain;
        worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                threads,
                (task, full) -> judgeBriefly(task));
    }

    /**
     * Begins the thread: a refusal would have to wait for it, or go without where there are no more threads to be had.
     *
     * @throws OutOfMemoryError if there are none now
     */
    void start() {
        worker.prestartCoreThread();
    }

    /**
     * A handshake that is to be judged.
     *
     * @param taken whether somebody does so already
     */
    private record Judgement(
            HandshakeRecords records,
            HandshakeRecords.Observed connection,
            HandshakeFacts facts,
            long endedNanos,
            AtomicBoolean taken)
            implements Runnable {
        @Override
        public void run() {
            if (taken.compareAndSet(false, true)) {
                records.record(connection, facts, endedNanos);
            }
        }

        void runBriefly() {
            if (taken.compareAndSet(false, true)) {
                records.recordBriefly(connection, facts, endedNanos);
            }
        }
    }

    private static void judgeBriefly(Runnable task) {
        ((Judgement) task).runBriefly();
    }

    /**
     * Records a handshake whose connection was {@link OpenConnection#judge() judged} by the caller, or counts it as lost. Never
     * throws.
     *
     * @param captured asked at once for what was captured
     */
    void settle(HandshakeRecords.Observed connection, Supplier<HandshakeFacts> captured) {
        Judgement judgement;
        try {
            judgement = new Judgement(records, connection, captured.get(), System.nanoTime(), new AtomicBoolean());
        } catch (Throwable e) { // an error, too: it would be missing without a word
            records.lost(connection, e);
            return;
        }
        if (judgement.facts().ending() == Ending.ESTABLISHED) {
            judgement.run();
        } else {
            judgeLater(judgement);
        }
    }

    private void judgeLater(Judgement judgement) {
        try {
            worker.execute(judgement);
        } catch (Throwable e) { // no thread, no memory; and yet it may be in the queue
            judgement.runBriefly();
            recorder.hookFailed(
                    "CTR0619 A refused handshake did not get to who judges it, and is told in less precise words", e);
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
