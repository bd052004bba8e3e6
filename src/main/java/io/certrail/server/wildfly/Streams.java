package io.certrail.server.wildfly;

import io.certrail.event.Fault;
import io.certrail.server.http2.ErrorCode;
import io.certrail.server.http2.FrameScanner;
import io.certrail.server.http2.OpenedStreams;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of an HTTP/2 connection, as its frames tell them: each that the client opens becomes an exchange, or is
 * refused before it is one (RFC 9113 sections 5.1 and 6.4). Guarded by its connection.
 */
final class Streams {
    private static final int NO_ERROR = 0;

    private final Listener listener;
    private final OpenedStreams opened;
    private final FrameScanner outbound = new FrameScanner(this::left);
    private int refused;
    private @Nullable Fault goAway;

    /** Hears of what no exchange tells. */
    interface Listener extends OpenedStreams.Listener {
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
        opened = new OpenedStreams(listener);
    }

    /** Those that the client opened. */
    OpenedStreams opened() {
        return opened;
    }

    /** Takes frames of the client's. */
    void received(ByteBuffer bytes) {
        opened.received(bytes);
    }

    /** Takes frames of the server's. */
    void sent(ByteBuffer bytes) {
        outbound.scan(bytes);
    }

    /** For what the server ended the connection, {@code null} if it did not. */
    @Nullable
    Fault goAway() {
        return goAway;
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
        OpenedStreams.Waiting begun = opened.refuse(stream);
        if (begun != null) {
            refused = stream;
            listener.refused(error, rule(stream, error), answered, begun.sinceNanos());
        } else if (!answered && stream != refused && ErrorCode.blamesClient(ErrorCode.of(error))) {
            listener.broken(stream, BrokenRequests.badFrame(error, rule(stream, error)));
        }
    }

    private @Nullable String rule(int stream, int error) {
        return error == NO_ERROR ? null : opened.broken(stream, ErrorCode.of(error));
    }
}
