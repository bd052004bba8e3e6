package io.certrail.server;

import io.certrail.event.ConnectionFacts;
import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.event.HandshakeEvent;
import io.certrail.recorder.Recorder;
import io.certrail.tls.HandshakeClassifier;
import io.certrail.tls.HandshakeFacts;
import io.certrail.tls.HandshakeVerdict;
import org.jspecify.annotations.Nullable;

/** Makes the record of a handshake from what an adapter captured, and its connection's facts. Safe for any thread. */
public final class HandshakeRecords implements AutoCloseable {
    private final Recorder recorder;
    private final UnreadCertificates unread;
    private final HandshakeClassifier classifier = new HandshakeClassifier();
    private final HandshakeClassifier brief = HandshakeClassifier.brief();

    private HandshakeRecords(Recorder recorder) {
        this.recorder = recorder;
        unread = new UnreadCertificates(recorder.bootId());
    }

    /** Those of a deployment, which ends with {@link #close()}. */
    public static HandshakeRecords begin(Recorder recorder) {
        HandshakeRecords records = new HandshakeRecords(recorder);
        records.unread.install();
        return records;
    }

    @Override
    public void close() {
        unread.close();
    }

    /** A connection as its adapter knows it. */
    public interface Observed {
        /** {@code mtls.connection.id}. */
        String id();

        Endpoint client();

        Endpoint server();

        /** {@link System#nanoTime()} at the first byte, or at the acceptance if none came. */
        long startedNanos();

        /** What its records state; {@code null} before the verdict. */
        @Nullable
        ConnectionFacts facts();

        /** Takes what its records will state. */
        void facts(ConnectionFacts facts);
    }

    /**
     * Judges and records. Never throws. May verify signatures, so not for a handshake's own thread unless it succeeded.
     *
     * @param endedNanos {@link System#nanoTime()} at the verdict
     */
    public void record(Observed connection, HandshakeFacts captured, long endedNanos) {
        record(connection, captured, endedNanos, classifier);
    }

    /**
     * The same at once and for any thread: a chain that was refused is not looked at again, which costs the record's reason some of its
     * precision.
     */
    public void recordBriefly(Observed connection, HandshakeFacts captured, long endedNanos) {
        record(connection, captured, endedNanos, brief);
    }

    /** Tells that no record can be made of a handshake. Never throws. */
    public void lost(Observed connection, Throwable why) {
        recorder.handshakeLost(connection.id());
        recorder.hookFailed("CTR0602 A handshake could not be judged", why);
    }

    private void record(Observed connection, HandshakeFacts captured, long endedNanos, HandshakeClassifier judge) {
        HandshakeEvent event;
        try {
            event = event(connection, captured, endedNanos, judge);
        } catch (Throwable e) { // an error, too: it would be missing without a word
            lost(connection, e);
            return;
        }
        recorder.record(event);
    }

    private HandshakeEvent event(
            Observed connection, HandshakeFacts captured, long endedNanos, HandshakeClassifier judge) {
        HandshakeVerdict verdict = judge.classify(captured, unread.take(captured.failure()));
        ConnectionFacts facts = facts(connection, verdict, verdict.serverName());
        connection.facts(facts);
        return new HandshakeEvent(
                captured.at(), verdict.outcome(), endedNanos - connection.startedNanos(), verdict.fault(), facts);
    }

    /** The facts of a connection, without a record: its handshake has one, or was before the deployment. */
    public static ConnectionFacts facts(Observed connection, HandshakeFacts captured) {
        HandshakeVerdict verdict = new HandshakeClassifier().classify(captured);
        return facts(connection, verdict, verdict.serverName());
    }

    /** Takes over what a later handshake on the same connection brought: a certificate asked for on demand. */
    public void renew(Observed connection, HandshakeFacts captured) {
        HandshakeVerdict verdict = classifier.classify(captured);
        ConnectionFacts before = connection.facts();
        connection.facts(facts(connection, verdict, before == null ? verdict.serverName() : before.serverName()));
    }

    private static ConnectionFacts facts(Observed connection, HandshakeVerdict verdict, @Nullable String serverName) {
        return new ConnectionFacts(
                connection.id(), connection.client(), connection.server(), serverName, verdict.tls());
    }
}
