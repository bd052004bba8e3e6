package io.certrail.server.http2;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a client opens, as its frames tell them, until the server takes each up as a request or refuses it
 * (RFC 9113 section 5.1). For one thread at a time.
 */
public final class OpenedStreams {
    /** Most streams that wait to become a request. More than any server lets a client open. */
    public static final int MOST = 4096;

    private static final int ERROR_LENGTH = 4;
    private static final int GOAWAY_LENGTH = 8;

    private final Listener listener;
    private final FrameRules rules = new FrameRules(this::came);
    private final Map<Integer, Waiting> waiting = new LinkedHashMap<>();
    private int last;

    /**
     * A stream that is no request yet.
     *
     * @param sinceNanos {@link System#nanoTime()} when its header came
     * @param reset whether the client gave it up already
     */
    public record Waiting(long sinceNanos, boolean reset) {}

    /** Hears what a client does to what it began. Must not throw. */
    public interface Listener {
        /** It gave up a stream that does not wait any more. */
        void resetByClient(int stream);

        /** It said that the connection is to end (RFC 9113 section 6.8). */
        void goodbye();
    }

    public OpenedStreams(Listener listener) {
        this.listener = listener;
    }

    /** Takes frames of the client's; the buffer's position is moved to its end. */
    public void received(ByteBuffer bytes) {
        rules.received(bytes);
        open(rules.arrivingHeader()); // whether the rest of it comes or not
    }

    private void open(int stream) {
        if (stream > last && (stream & 1) == 1) {
            last = stream;
            if (waiting.size() < MOST) {
                waiting.put(stream, new Waiting(System.nanoTime(), false));
            }
        }
    }

    private void came(FrameScanner frame) {
        int type = frame.type();
        int stream = frame.stream();
        if (type == FrameScanner.HEADERS) {
            open(stream);
        } else if (type == FrameScanner.RST_STREAM && frame.kept() >= ERROR_LENGTH && !rules.isInBlock()) {
            Waiting begun = waiting.computeIfPresent(stream, (id, known) -> new Waiting(known.sinceNanos(), true));
            if (begun == null) {
                listener.resetByClient(stream);
            }
        } else if (type == FrameScanner.GOAWAY && frame.kept() >= GOAWAY_LENGTH) {
            listener.goodbye();
        }
    }

    /** The server takes a stream up as a request. */
    public Waiting begin(int stream) {
        Waiting begun = waiting.remove(stream);
        rules.taken(stream);
        return begun == null ? new Waiting(System.nanoTime(), false) : begun;
    }

    /**
     * The server refuses a stream; {@code null} if it does not wait.
     *
     * @param stream 0: the one whose turn it is
     */
    public @Nullable Waiting refuse(int stream) {
        boolean any = stream == 0 && !waiting.isEmpty();
        return waiting.remove(any ? waiting.keySet().iterator().next() : (Integer) stream);
    }

    public boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Gives the streams that the server neither took up nor refused, once. */
    public void abandon(BiConsumer<Integer, Waiting> taker) {
        waiting.forEach(taker);
        waiting.clear();
    }

    /** As {@link FrameRules#headerBlock}. */
    public int headerBlock(int stream) {
        return rules.headerBlock(stream);
    }

    /** As {@link FrameRules#headerFault}. */
    public @Nullable HeaderFault headerFault(int stream) {
        return rules.headerFault(stream);
    }

    /** As {@link FrameRules#headerStream}. */
    public int headerStream() {
        return rules.headerStream();
    }

    /** As {@link FrameRules#isOfTrailers}. */
    public boolean isOfTrailers(int stream) {
        return rules.isOfTrailers(stream);
    }

    /** As {@link FrameRules#broken}. */
    public @Nullable String broken(int stream, String error) {
        return rules.broken(stream, error);
    }
}
