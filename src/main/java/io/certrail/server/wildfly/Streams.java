package io.certrail.server.wildfly;

import io.certrail.event.Fault;
import io.certrail.server.ConnectionFaults;
import io.certrail.server.http2.ErrorCode;
import io.certrail.server.http2.FrameScanner;
import io.certrail.server.http2.HeaderFault;
import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.StatusField;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of an HTTP/2 connection, as its frames tell them: each that the client opens becomes an exchange, or is
 * refused before it is one (RFC 9113 sections 5.1 and 6.4). Guarded by its connection.
 */
final class Streams {
    private static final int NO_ERROR = 0;
    private static final int SETTING_LENGTH = 6;
    private static final int MAX_HEADER_LIST_SIZE = 6;
    /** How what is wrong with such a frame begins. */
    private static final String PRIORITY = "PRIORITY ";

    private final Listener listener;
    private final OpenedStreams opened;
    private final StatusField statuses;
    private final FrameScanner outbound = new FrameScanner(this::left);
    private int refused;
    /** The longest header block that the server says it takes (SETTINGS_MAX_HEADER_LIST_SIZE), in bytes. */
    private int mostHeaderBytes = Integer.MAX_VALUE;

    private @Nullable Fault goAway;

    /** Hears of what no exchange tells. */
    interface Listener extends OpenedStreams.Listener {
        /** The server refused a stream that never became an exchange, without an answer. */
        void refused(Fault fault, long sinceNanos);

        /**
         * The server answered a stream that never became an exchange.
         *
         * @param status {@link StatusField#UNKNOWN} if that does not show
         */
        void answered(int status, long sinceNanos);

        /** The server ends the connection, for what the client sent. */
        void ending(Fault fault);

        /** The server reset any other stream, for what the client sent on it: an exchange, one that was, or none ever. */
        void broken(int stream, Fault fault);
    }

    /** @param upgraded whether the connection spoke HTTP/1.1 before: the server may have answered on stream 1 by now */
    Streams(Listener listener, boolean upgraded) {
        this.listener = listener;
        statuses = upgraded ? StatusField.midway() : new StatusField();
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
            case FrameScanner.SETTINGS -> settings(frame);
            case FrameScanner.GOAWAY -> goAway(frame.number(4));
            case FrameScanner.RST_STREAM -> reset(frame.stream(), frame.number(0));
            case FrameScanner.HEADERS -> answered(frame.stream(), statuses.read(frame));
            default -> {} // begins and ends nothing
        }
    }

    private void settings(FrameScanner frame) {
        for (int at = 0; at + SETTING_LENGTH <= frame.kept(); at += SETTING_LENGTH) {
            int value = frame.number(at + 2);
            if ((frame.octet(at) << 8 | frame.octet(at + 1)) == MAX_HEADER_LIST_SIZE && value > 0) {
                mostHeaderBytes = value;
            }
        }
    }

    private void goAway(int error) {
        if (error != NO_ERROR && goAway == null) {
            goAway = fault(0, error);
            listener.ending(goAway);
        }
    }

    private void answered(int stream, int status) {
        OpenedStreams.Waiting begun = opened.refuse(stream);
        if (begun != null) {
            refused = stream;
            listener.answered(status, begun.sinceNanos());
        }
    }

    private void reset(int stream, int error) {
        OpenedStreams.Waiting begun = isForPriority(stream, error) ? null : opened.refuse(stream);
        if (begun != null) {
            refused = stream;
            listener.refused(refusal(stream, error), begun.sinceNanos());
        } else if (stream != refused && ErrorCode.blamesClient(ErrorCode.of(error))) {
            listener.broken(stream, fault(stream, error));
        }
    }

    /** Undertow then takes up the stream nevertheless, once its header comes. */
    private boolean isForPriority(int stream, int error) {
        String rule = opened.broken(stream, ErrorCode.of(error));
        return rule != null && rule.startsWith(PRIORITY);
    }

    /** Of a stream that never became an exchange: what it brought was a header block, and hardly more. */
    private Fault refusal(int stream, int code) {
        String error = ErrorCode.of(code);
        String rule = code == NO_ERROR ? null : opened.broken(stream, error);
        return rule != null || code == ErrorCode.REFUSED_STREAM
                ? ConnectionFaults.badFrame(error, rule)
                : ConnectionFaults.badHeaderBlock(
                        error, opened.headerBlock(stream), mostHeaderBytes, opened.headerFault(stream));
    }

    /** What is wrong with the header block of a stream at which the server ends the connection without a word, if that shows. */
    @Nullable
    Fault unsaid(int stream) {
        int bytes = opened.headerBlock(stream);
        HeaderFault why = opened.headerFault(stream);
        return why == null && bytes <= mostHeaderBytes
                ? null
                : ConnectionFaults.badHeaderBlock("", bytes, mostHeaderBytes, why);
    }

    private Fault fault(int stream, int code) {
        String error = ErrorCode.of(code);
        String rule = opened.broken(stream, error);
        Fault block = ConnectionFaults.ofHeaderBlock(
                error, rule, opened.headerBlock(stream), mostHeaderBytes, opened.headerFault(stream));
        return block == null ? ConnectionFaults.badFrame(error, rule) : block;
    }
}
