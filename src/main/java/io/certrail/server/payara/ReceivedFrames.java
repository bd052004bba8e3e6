package io.certrail.server.payara;

import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.Preface;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.jspecify.annotations.Nullable;

/** What a client sends after TLS, if it is HTTP/2 from its preface on (RFC 9113 section 3.4). Guarded by its connection. */
final class ReceivedFrames {
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
            streams = Preface.take(bytes) ? new OpenedStreams(listener) : null;
        }
        if (streams != null) {
            streams.received(bytes);
        }
    }

    /** The streams that were opened; {@code null} if the frames are not followed. */
    @Nullable
    OpenedStreams streams() {
        return streams;
    }
}
