package io.certrail.hook;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the heads in one direction of an HTTP/1.1 connection (RFC 9112 sections 6 and 7). What it cannot follow it
 * leaves alone from there on. Guarded by its owner.
 */
final class MessageFraming {
    /** Told of each head that is complete; answers how long its body is. */
    interface HeadObserver {
        /** @return bytes, {@link MessageHead#CHUNKED}, or {@link #UNKNOWN} if nothing that follows can be told */
        long complete(MessageHead head);

        /** Most bytes to keep of the head that comes next. */
        int keep();
    }

    /** Of a body after which nothing can be told apart. */
    static final long UNKNOWN = -3;

    private enum State {
        HEAD,
        BODY,
        CHUNK_LINE,
        CHUNK,
        TRAILERS,
        LOST
    }

    private final HeadObserver observer;
    private State state = State.HEAD;
    private @Nullable MessageHead head;
    private long remaining;
    private boolean sizeRead;
    private boolean lineEmpty;

    MessageFraming(HeadObserver observer) {
        this.observer = observer;
    }

    /** Takes all bytes of the buffer. */
    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining() && state != State.LOST) {
            switch (state) {
                case HEAD -> head(bytes);
                case BODY, CHUNK -> skip(bytes);
                case CHUNK_LINE -> chunkLine(bytes.get());
                case TRAILERS -> trailers(bytes.get());
                default -> throw new IllegalStateException(state.name());
            }
        }
    }

    private void head(ByteBuffer bytes) {
        MessageHead current = head;
        if (current == null) {
            current = new MessageHead(observer.keep());
            head = current;
        }
        current.take(bytes);
        if (current.isComplete()) {
            head = null;
            body(observer.complete(current));
        }
    }

    private void body(long length) {
        if (length == MessageHead.CHUNKED) {
            beginChunkLine();
        } else if (length == UNKNOWN) {
            lose();
        } else if (length > 0) {
            remaining = length;
            state = State.BODY;
        } else {
            state = State.HEAD;
        }
    }

    private void skip(ByteBuffer bytes) {
        int count = (int) Math.min(remaining, bytes.remaining());
        bytes.position(bytes.position() + count);
        remaining -= count;
        if (remaining == 0) {
            if (state == State.CHUNK) {
                beginChunkLine();
            } else {
                state = State.HEAD;
            }
        }
    }

    private void beginChunkLine() {
        state = State.CHUNK_LINE;
        remaining = -1;
        sizeRead = false;
    }

    /** The size in hexadecimal digits, extensions that do not matter, a line's end. */
    private void chunkLine(byte b) {
        int digit = sizeRead ? -1 : Character.digit(b, 16);
        if (digit >= 0 && remaining <= Integer.MAX_VALUE) {
            remaining = 16 * Math.max(0, remaining) + digit;
        } else if (b != '\n') {
            sizeRead = true;
        } else if (remaining < 0) {
            lose();
        } else if (remaining == 0) {
            state = State.TRAILERS;
            lineEmpty = true;
        } else {
            remaining += 2; // the line's end after the chunk
            state = State.CHUNK;
        }
    }

    private void trailers(byte b) {
        if (b == '\n') {
            if (lineEmpty) {
                state = State.HEAD;
            }
            lineEmpty = true;
        } else if (b != '\r') {
            lineEmpty = false;
        }
    }

    /** Follows no more. */
    void lose() {
        state = State.LOST;
        head = null;
    }

    boolean isLost() {
        return state == State.LOST;
    }

    /** A head that has begun and not ended, or {@code null}. */
    @Nullable
    MessageHead unfinished() {
        MessageHead current = head;
        return current == null || current.isEmpty() ? null : current;
    }
}
