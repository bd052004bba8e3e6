package io.certrail.server.payara;

import io.certrail.server.http2.OpenedStreams;
import io.certrail.server.http2.Preface;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends after TLS, if it is HTTP/2 from its preface on (RFC 9113 section 3.4), in however many pieces that comes.
 * Guarded by its connection.
 */
final class ReceivedFrames {
    private final OpenedStreams.Listener listener;
    /** What came of the preface, {@code null} once all of it came, or something else did. */
    private byte @Nullable [] begun = new byte[Preface.LENGTH];

    private int length;
    private boolean foreign;
    private @Nullable OpenedStreams streams;

    ReceivedFrames(OpenedStreams.Listener listener) {
        this.listener = listener;
    }

    /**
     * Takes what was read; leaves the buffer as it is.
     *
     * @param again whether what came before stands at its beginning: Grizzly shows it so until it has parsed a whole head, as
     *     which it takes the preface's first two lines
     */
    void received(Buffer read, boolean again) {
        byte[] preface = begun;
        if (preface == null && streams == null) {
            return;
        }
        ByteBuffer bytes = read.toByteBuffer().duplicate();
        if (preface != null) {
            begin(preface, bytes, again);
        }
        if (streams != null) {
            streams.received(bytes);
        }
    }

    private void begin(byte[] preface, ByteBuffer bytes, boolean again) {
        int before = again ? 0 : length;
        int count = Math.min(bytes.remaining(), preface.length - before);
        bytes.get(preface, before, count);
        length = before + count;
        if (!Preface.mayBegin(preface, length)) {
            begun = null;
            foreign = true;
        } else if (length == preface.length) {
            begun = null;
            streams = new OpenedStreams(listener);
        }
    }

    /** Whether a part of the preface has come, and nothing else. */
    boolean isInPreface() {
        return begun != null && length > 0;
    }

    /** What is wrong where no frames are followed, {@code null} if nothing is known to be. */
    @Nullable
    String broken() {
        return foreign ? "something else than the connection preface" : null;
    }

    /** The streams that were opened; {@code null} if the frames are not followed. */
    @Nullable
    OpenedStreams streams() {
        return streams;
    }
}
