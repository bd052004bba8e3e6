package io.certrail.server.wildfly;

import java.nio.ByteBuffer;

/** Walks over the frames of HTTP/2 in one direction: RFC 9113 section 4.1. Belongs to one direction's thread. */
final class FrameScanner {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int GOAWAY = 7;

    private static final int HEADER = 9;
    private static final int KEPT = HEADER + 8;

    private final Listener listener;
    private final byte[] frame = new byte[KEPT];
    private int held;
    private int payload;

    /** Hears of frames that begin or end something. Must not throw. */
    interface Listener {
        /** @param error the error code of RST_STREAM and GOAWAY, else 0 */
        void frame(int type, int stream, int error);
    }

    FrameScanner(Listener listener) {
        this.listener = listener;
    }

    /** Takes what passed; the buffer's position is moved to its end. */
    void scan(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (held < HEADER) {
                frame[held++] = bytes.get();
                if (held == HEADER) {
                    payload = length();
                    tellIfWhole();
                }
            } else {
                takePayload(bytes);
            }
        }
    }

    private void takePayload(ByteBuffer bytes) {
        int wanted = Math.min(HEADER + length(), KEPT) - held;
        if (wanted > 0) {
            frame[held++] = bytes.get();
            payload--;
        } else {
            int skipped = Math.min(payload, bytes.remaining());
            bytes.position(bytes.position() + skipped);
            payload -= skipped;
        }
        tellIfWhole();
    }

    private void tellIfWhole() {
        if (payload == 0) {
            int type = frame[3];
            if (type == HEADERS) {
                listener.frame(type, number(5) & Integer.MAX_VALUE, 0);
            } else if (type == RST_STREAM && held >= HEADER + 4) {
                listener.frame(type, number(5) & Integer.MAX_VALUE, number(HEADER));
            } else if (type == GOAWAY && held >= KEPT) {
                listener.frame(type, 0, number(HEADER + 4));
            }
            held = 0;
        }
    }

    private int length() {
        return (frame[0] & 0xFF) << 16 | (frame[1] & 0xFF) << 8 | (frame[2] & 0xFF);
    }

    private int number(int at) {
        return ByteBuffer.wrap(frame).getInt(at);
    }
}
