package io.certrail.server.wildfly;

import io.certrail.event.Fault;
import io.certrail.server.http2.ErrorCode;
import io.certrail.server.http2.FrameRules;
import io.certrail.server.http2.FrameScanner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams of an HTTP/2 connection, as its frames tell them: each that the client opens becomes an exchange, or is
 * refused before it is one (RFC 9113 sections 5.1 and 6.4). Guarded by its connection.
 */
final class Streams {
    /** Most streams that wait to become an exchange. More than any server lets a client open. */
    static final int MOST = 4096;

    private static final int NO_ERROR = 0;

    private final Listener listener;
    private final FrameRules inbound = new FrameRules(this::came);
    private final FrameScanner outbound = new FrameScanner(this::left);
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private int last;
    private int refused;
    private @Nullable Fault goAway;

    /**
     * A stream that is no exchange yet.
     *
     * @param sinceNanos {@link System#nanoTime()} when its header came
     * @param reset whether the client gave it up already
     */
    record Waiting(long sinceNanos, boolean reset) {}

    /** Hears of what no exchange tells. */
    interface Listener {
        /** The client gave up a stream that is an exchange. */
        void resetByClient(int stream);

        /** The client said that the connection is to end (RFC 9113 section 6.8). */
        void goodbye();

        /**
         * The server refused a stream that never became an exchange, with an answer of its own or without.
         *
         * @param rule what the client broke, {@code null} if that cannot be told
         */
        void refused(int error, @Nullable String rule, boolean answered, long sinceNanos);

        /** The server reset any other stream, for what the client sent on it: an exchange, one that was, or none ever. */
        void broken(int stream, Fault fault);
    }

    Streams(Listener listener) {
        this.listener = listener;
    }

    /** Takes frames of the client's. */
    void received(ByteBuffer bytes) {
        inbound.received(bytes);
    }

    /** Takes frames of the server's. */
    void sent(ByteBuffer bytes) {
        outbound.scan(bytes);
    }

    /** The stream is an exchange. */
    Waiting begin(int stream) {
        Waiting begun = waiting.remove(stream);
        return begun == null ? new Waiting(System.nanoTime(), false) : begun;
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The streams that never became an exchange, once. */
    List<Waiting> abandoned() {
        List<Waiting> left = new ArrayList<>(waiting.values());
        waiting.clear();
        return left;
    }

    /** For what the server ended the connection, {@code null} if it did not. */
    @Nullable
    Fault goAway() {
        return goAway;
    }

    private void came(FrameScanner frame) {
        int type = frame.type();
        int stream = frame.stream();
        if (type == FrameScanner.HEADERS && stream > last && (stream & 1) == 1) {
            last = stream;
            if (waiting.size() < MOST) {
                waiting.put(stream, new Waiting(System.nanoTime(), false));
            }
        } else if (type == FrameScanner.RST_STREAM && frame.kept() >= 4) {
            Waiting begun = waiting.computeIfPresent(stream, (id, known) -> new Waiting(known.sinceNanos(), true));
            if (begun == null) {
                listener.resetByClient(stream);
            }
        } else if (type == FrameScanner.GOAWAY && frame.kept() >= 8) {
            listener.goodbye();
        }
    }

    private void left(FrameScanner frame) {
        switch (frame.type()) {
            case FrameScanner.GOAWAY -> goAway(frame.number(4));
            case FrameScanner.RST_STREAM -> leftStream(frame.stream(), false, frame.number(0));
            case FrameScanner.HEADERS -> leftStream(frame.stream(), true, NO_ERROR);
            default -> {} // begins and ends nothing
        }
    }

    private void goAway(int error) {
        if (error != NO_ERROR && goAway == null) {
            goAway = BrokenRequests.badFrame(error, rule(0, error));
        }
    }

    private void leftStream(int stream, boolean answered, int error) {
        Waiting begun = waiting.remove(stream);
        if (begun != null) {
            refused = stream;
            listener.refused(error, rule(stream, error), answered, begun.sinceNanos());
        } else if (!answered && stream != refused && ErrorCode.blamesClient(ErrorCode.of(error))) {
            listener.broken(stream, BrokenRequests.badFrame(error, rule(stream, error)));
        }
    }

    private @Nullable String rule(int stream, int error) {
        return error == NO_ERROR ? null : inbound.broken(stream, ErrorCode.of(error));
    }
}
