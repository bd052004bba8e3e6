package io.certrail.server.payara;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.certrail.server.http2.OpenedStreams;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.jspecify.annotations.Nullable;

/** What a client sends after TLS, if it is HTTP/2 from its preface on (RFC 9113 section 3.4). Guarded by its connection. */
final class ReceivedFrames {
    private static final ByteBuffer PREFACE = ByteBuffer.wrap("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII))
            .asReadOnlyBuffer();

    private final OpenedStreams.Listener listener;
    private boolean begun;
    private @Nullable OpenedStreams streams;

    ReceivedFrames(OpenedStreams.Listener listener) {
        this.listener = listener;
    }

    /** Takes what was read; leaves the buffer as it is. */
    void received(Buffer read) {
        if (begun && streams == null) {
            return;
        }
        ByteBuffer bytes = read.toByteBuffer().duplicate();
        if (!begun) {
            begun = true;
            streams = takePreface(bytes) ? new OpenedStreams(listener) : null;
        }
        if (streams != null) {
            streams.received(bytes);
        }
    }

    private static boolean takePreface(ByteBuffer bytes) {
        int length = PREFACE.remaining();
        int from = bytes.position();
        if (bytes.remaining() < length || !bytes.slice(from, length).equals(PREFACE)) {
            return false;
        }
        bytes.position(from + length);
        return true;
    }

    /** The streams that were opened; {@code null} if the frames are not followed. */
    @Nullable
    OpenedStreams streams() {
        return streams;
    }
}
