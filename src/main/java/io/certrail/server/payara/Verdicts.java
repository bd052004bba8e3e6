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
 * facts; anything else on a thread of its own, off the handshake's path. When that thread falls behind, who reports a
 * failure judges it himself: nothing is dropped.
 */
final class Verdicts implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final HandshakeRecords records;
    private final ThreadPoolExecutor worker;

    Verdicts(Recorder recorder) {
        records = HandshakeRecords.begin(recorder);
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
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Records a handshake whose connection was {@link OpenConnection#judge() judged} by the caller. */
    void settle(OpenConnection connection, HandshakeFacts facts) {
        long endedNanos = System.nanoTime();
        if (facts.ending() == Ending.ESTABLISHED || worker.isShutdown()) {
            records.record(connection, facts, endedNanos);
        } else {
            worker.execute(() -> records.record(connection, facts, endedNanos));
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

    /** Judges what is waiting and ends the thread. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                worker.shutdownNow().forEach(Runnable::run);
            }
        } catch (InterruptedException e) {
            worker.shutdownNow().forEach(Runnable::run);
            Thread.currentThread().interrupt();
        } finally {
            records.close();
        }
    }
}
