package io.certrail.server.wildfly;

import io.certrail.server.ErrorCode;
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
    private final FrameScanner inbound = new FrameScanner(this::came);
    private final FrameScanner outbound = new FrameScanner(this::left);
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private int last;
    private int refused;
    private @Nullable Integer goAway;

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

        /** The server refused a stream that never became an exchange, with an answer of its own or without. */
        void refused(int error, boolean answered, long sinceNanos);

        /** The server reset any other stream, for what the client sent on it: an exchange, one that was, or none ever. */
        void broken(int stream, int error);
    }

    Streams(Listener listener) {
        this.listener = listener;
    }

    /** Takes frames of the client's. */
    void received(ByteBuffer bytes) {
        inbound.scan(bytes);
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

    /** The error with which the server ended the connection, {@code null} if it did not. */
    @Nullable
    Integer goAway() {
        return goAway;
    }

    private void came(int type, int stream, int error) {
        if (type == FrameScanner.HEADERS && stream > last && (stream & 1) == 1) {
            last = stream;
            if (waiting.size() < MOST) {
                waiting.put(stream, new Waiting(System.nanoTime(), false));
            }
        } else if (type == FrameScanner.RST_STREAM) {
            Waiting begun = waiting.computeIfPresent(stream, (id, known) -> new Waiting(known.sinceNanos(), true));
            if (begun == null) {
                listener.resetByClient(stream);
            }
        } else if (type == FrameScanner.GOAWAY) {
            listener.goodbye();
        }
    }

    private void left(int type, int stream, int error) {
        if (type == FrameScanner.GOAWAY) {
            if (error != NO_ERROR && goAway == null) {
                goAway = error;
            }
            return;
        }
        Waiting begun = waiting.remove(stream);
        if (begun != null) {
            refused = stream;
            listener.refused(error, type == FrameScanner.HEADERS, begun.sinceNanos());
        } else if (type == FrameScanner.RST_STREAM
                && stream != refused
                && ErrorCode.blamesClient(ErrorCode.of(error))) {
            listener.broken(stream, error);
        }
    }
}
