package io.certrail.server.http2;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of the header block that came last, in case that its server refuses it. For one thread at a time. */
final class KeptBlock {
    /** What is longer than this is too long for servers. */
    private static final int MOST = 1 << 13;

    private static final int FIRST_SIZE = 256;
    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;
    private int skip;
    private boolean whole;

    /** @param fields how many bytes of its first frame come before it */
    void begin(int fields) {
        length = 0;
        skip = fields;
        whole = true;
    }

    /** Takes a piece of one of its frames; the buffer is left as it is. */
    void append(ByteBuffer piece, int from, int to) {
        int skipped = Math.min(skip, to - from);
        skip -= skipped;
        int count = to - from - skipped;
        if (!whole || count > MOST - length) {
            whole = false;
            return;
        }
        if (length + count > bytes.length) {
            int size = Math.max(Math.max(FIRST_SIZE, length + count), bytes.length * 2);
            bytes = Arrays.copyOf(bytes, Math.min(MOST, size));
        }
        piece.get(from + skipped, bytes, length, count);
        length += count;
    }

    /** What came last was padding. */
    void cut(int padding) {
        length = Math.max(0, length - padding);
    }

    /** It is not needed any more. */
    void drop() {
        bytes = NOTHING;
        length = 0;
        whole = false;
    }

    /** All of it that came; {@code null} if that is not kept. */
    byte @Nullable [] bytes() {
        return whole ? Arrays.copyOf(bytes, length) : null;
    }
}
