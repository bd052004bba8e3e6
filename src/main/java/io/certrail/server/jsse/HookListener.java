package io.certrail.server.jsse;

import io.certrail.event.ConnectionFacts.Endpoint;
import io.certrail.tls.Ending;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to hear of the hook's connections besides their handshakes: an adapter that records requests. Called on the
 * hook's thread, in order; what is thrown is counted.
 */
public interface HookListener {
    /** The server's end of a connection, which the engine does not know. Called when its handshake is judged. */
    default Endpoint server(HookedConnection connection) {
        return Endpoint.UNKNOWN;
    }

    /**
     * How a connection ended whose handshake was given up, where the socket tells more than the engine: by a reset, or
     * because the server ran out of patience. Called when its handshake is judged.
     *
     * @return {@code null} if nothing is known
     */
    default @Nullable Ending ending(HookedConnection connection) {
        return null;
    }

    /**
     * What came from the client during a handshake that failed, where a layer between socket and engine may have kept
     * some of it back. Called when its handshake is judged.
     *
     * @return {@code null} if nothing is known beyond what the engine saw
     */
    default @Nullable Received received(HookedConnection connection) {
        return null;
    }

    /**
     * Bytes from the socket.
     *
     * @param first the first that came, at most 16384
     * @param count how many came
     * @param last the last of them, at most 64
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(byte[] first, long count, byte[] last) {}

    /** Whether {@link #answered} is to be called: the hook then reads all HTTP/1.1. Asked once, at the subscription. */
    default boolean wantsAnswers() {
        return false;
    }

    /** A final answer of HTTP/1.1 begins. */
    default void answered(HookedConnection connection, Answer answer) {}

    /** An established connection has ended, and is found no more. One that began before the subscription has no facts. */
    default void closed(HookedConnection connection, Closing closing) {}

    /** A handshake was refused, given up or timed out; the connection is found no more. */
    default void refused(HookedConnection connection, boolean timedOut) {}

    /**
     * A final answer.
     *
     * @param ordinal which answer of its connection it is, from 1
     * @param head the head of the request that it answers, as far as it came
     * @param headComplete whether the head had ended
     * @param headBytes how long the head is, also beyond what is kept
     * @param headNanos {@link System#nanoTime()} at the head's first byte
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int ordinal, int status, byte[] head, boolean headComplete, long headBytes, long headNanos) {}

    /**
     * The end of a connection.
     *
     * @param how as in the hook's contract: {@code close_notify}, {@code eof}, {@code failed}, {@code server},
     *     {@code abandoned}
     * @param answers how many final answers of HTTP/1.1 began
     * @param unanswered how many requests had a whole head, and no answer began
     * @param head of a request whose head did not end, {@code null} if there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Closing(
            String how,
            @Nullable Throwable failure,
            int answers,
            int unanswered,
            byte @Nullable [] head,
            long headBytes,
            long headNanos) {}
}
