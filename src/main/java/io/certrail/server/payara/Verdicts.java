package io.certrail.server.payara;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.HandshakeEvent;
import io.certrail.recorder.Recorder;
import io.certrail.tls.Ending;
import io.certrail.tls.HandshakeClassifier;
import io.certrail.tls.HandshakeFacts;
import io.certrail.tls.HandshakeVerdict;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was captured into the handshake's record. A success is judged at once, for its first request needs the
 * facts; anything else on a thread of its own, off the handshake's path. When that thread falls behind, who reports a
 * failure judges it himself: nothing is dropped.
 */
final class Verdicts implements AutoCloseable {
    private static final int QUEUE = 4096;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Recorder recorder;
    private final HandshakeClassifier classifier = new HandshakeClassifier();
    private final ThreadPoolExecutor worker;

    Verdicts(Recorder recorder) {
        this.recorder = recorder;
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
            record(connection, facts, endedNanos);
        } else {
            worker.execute(() -> record(connection, facts, endedNanos));
        }
    }

    private void record(OpenConnection connection, HandshakeFacts facts, long endedNanos) {
        try {
            HandshakeVerdict verdict = classifier.classify(facts);
            ConnectionFacts known = facts(connection, verdict, verdict.serverName());
            connection.facts(known);
            recorder.record(new HandshakeEvent(
                    facts.at(), verdict.outcome(), endedNanos - connection.startedNanos(), verdict.fault(), known));
        } catch (RuntimeException e) {
            recorder.hookFailed("CTR0602 A handshake could not be judged", e);
        }
    }

    /** The facts of a connection whose handshake was before the deployment. */
    static ConnectionFacts facts(OpenConnection connection, HandshakeFacts captured) {
        HandshakeVerdict verdict = new HandshakeClassifier().classify(captured);
        return facts(connection, verdict, verdict.serverName());
    }

    private static ConnectionFacts facts(
            OpenConnection connection, HandshakeVerdict verdict, @Nullable String serverName) {
        return new ConnectionFacts(
                connection.id(), connection.client(), connection.server(), serverName, verdict.tls());
    }

    /** Takes over what a later handshake on the same connection brought: a certificate asked for on demand. */
    void renew(OpenConnection connection, HandshakeFacts facts) {
        HandshakeVerdict verdict = classifier.classify(facts);
        ConnectionFacts before = connection.facts();
        connection.facts(facts(connection, verdict, before == null ? verdict.serverName() : before.serverName()));
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
        }
    }
}
