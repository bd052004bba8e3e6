package io.certrail.server.http2;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Walks over the frames of HTTP/2 in one direction, which may come in pieces of any length: RFC 9113 section 4.1. Keeps of
 * each no more than its head and the begin of its payload. Allocates nothing. For one thread at a time.
 */
public final class FrameScanner {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    private static final List<String> NAMES = List.of(
            "DATA",
            "HEADERS",
            "PRIORITY",
            "RST_STREAM",
            "SETTINGS",
            "PUSH_PROMISE",
            "PING",
            "GOAWAY",
            "WINDOW_UPDATE",
            "CONTINUATION");

    private static final int HEAD = 9;
    /** Ten settings; more than any other frame's fields. */
    private static final int MOST_KEPT = 60;

    private final Listener listener;
    private final byte[] frame = new byte[HEAD + MOST_KEPT];
    private int held;
    /** Bytes of the payload that are to come. */
    private int coming;

    /** Hears of frames; may ask the scanner about the one at hand. Must not throw. */
    public interface Listener {
        /** The head of a frame is there. */
        default void begins(FrameScanner frame) {}

        /** A piece of its payload is there, between these places of a buffer, which must be left as it is. */
        default void payload(FrameScanner frame, ByteBuffer bytes, int from, int to) {}

        /** All of a frame has come. */
        void whole(FrameScanner frame);
    }

    public FrameScanner(Listener listener) {
        this.listener = listener;
    }

    /** Takes what passed; the buffer's position is moved to its end. */
    public void scan(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (held < HEAD) {
                take(bytes, HEAD - held);
                if (held == HEAD) {
                    coming = length();
                    listener.begins(this);
                    endIfWhole();
                }
            } else {
                takePayload(bytes);
            }
        }
    }

    private void take(ByteBuffer bytes, int wanted) {
        int count = Math.min(wanted, bytes.remaining());
        bytes.get(frame, held, count);
        held += count;
    }

    private void takePayload(ByteBuffer bytes) {
        int before = bytes.position();
        int room = Math.min(coming, frame.length - held);
        if (room > 0) {
            take(bytes, room);
        } else {
            bytes.position(before + Math.min(coming, bytes.remaining()));
        }
        coming -= bytes.position() - before;
        listener.payload(this, bytes, before, bytes.position());
        endIfWhole();
    }

    private void endIfWhole() {
        if (coming == 0) {
            listener.whole(this);
            held = 0;
        }
    }

    /** Whether more is to come of the frame that began last. */
    public boolean isInFrame() {
        return held >= HEAD;
    }

    public int type() {
        return frame[3] & 0xFF;
    }

    /** What RFC 9113 calls frames of its type, or the type's number. */
    public String name() {
        return name(type());
    }

    /** The same of any type, 0 to 255. */
    static String name(int type) {
        return type < NAMES.size() ? NAMES.get(type) : "unknown (" + type + ")";
    }

    /** Whether a flag is set, given by its bit. */
    public boolean has(int flag) {
        return (frame[4] & flag) != 0;
    }

    public int stream() {
        return intAt(5) & Integer.MAX_VALUE;
    }

    /** Of the payload, in bytes. */
    public int length() {
        return intAt(0) >>> 8;
    }

    /** How many bytes of the payload are kept, from its first on: 60, or all that there are. */
    public int kept() {
        return held - HEAD;
    }

    /** One of the kept bytes of the payload, 0 to 255. */
    public int octet(int at) {
        return frame[HEAD + at] & 0xFF;
    }

    /** Four of them as a number. */
    public int number(int at) {
        return intAt(HEAD + at);
    }

    private int intAt(int at) {
        return ByteBuffer.wrap(frame).getInt(at);
    }
}
