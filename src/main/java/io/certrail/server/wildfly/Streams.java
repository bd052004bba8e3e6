package io.certrail.server.wildfly;

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
    private final Map<Integer, Long> waiting = new LinkedHashMap<>();
    private int last;
    private @Nullable Integer goAway;

    /** Hears of what no exchange tells. */
    interface Listener {
        /** The client gave up a stream. */
        void resetByClient(int stream, boolean wasWaiting, long sinceNanos);

        /** The server refused a stream that never became an exchange, with an answer of its own or without. */
        void refused(int error, boolean answered, long sinceNanos);
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

    /** The stream is an exchange. Gives {@link System#nanoTime()} when its header came. */
    long begin(int stream) {
        Long since = waiting.remove(stream);
        return since == null ? System.nanoTime() : since;
    }

    /** When those streams began that never became an exchange. */
    List<Long> abandoned() {
        List<Long> left = new ArrayList<>(waiting.values());
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
                waiting.put(stream, System.nanoTime());
            }
        } else if (type == FrameScanner.RST_STREAM) {
            Long since = waiting.remove(stream);
            listener.resetByClient(stream, since != null, since == null ? 0 : since);
        }
    }

    private void left(int type, int stream, int error) {
        if (type == FrameScanner.GOAWAY) {
            if (error != NO_ERROR && goAway == null) {
                goAway = error;
            }
            return;
        }
        Long since = waiting.remove(stream);
        if (since != null) {
            listener.refused(error, type == FrameScanner.HEADERS, since);
        }
    }
}
