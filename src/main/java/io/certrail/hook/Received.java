package io.certrail.hook;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a client sent until its handshake's verdict: the first bytes, how many, the last. A server shows the engine bytes
 * again that it did not take, as with half a record: they are counted once. Guarded by its owner.
 */
final class Received {
    /** Most bytes kept of the beginning. */
    static final int MAX_FIRST = 16 * 1024;
    /** Most bytes kept of the end. */
    static final int MAX_LAST = 64;

    private static final int INITIAL = 1024;
    private static final byte[] NOTHING = {};
    private static final byte HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;

    private byte[] first = NOTHING;
    private int kept;
    private byte[] last = NOTHING;
    private long seen;
    private long taken;

    /** Looks at what the engine is about to be shown. */
    void show(ByteBuffer source) {
        int known = (int) Math.min(source.remaining(), seen - taken);
        int fresh = source.remaining() - known;
        if (fresh <= 0) {
            return;
        }
        ByteBuffer bytes = source.duplicate();
        bytes.position(source.position() + known);
        seen += fresh;
        keepLast(bytes.duplicate());
        keepFirst(bytes);
    }

    private void keepFirst(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), MAX_FIRST - kept);
        if (count > 0) {
            if (first.length < kept + count) {
                first = Arrays.copyOf(first, Math.min(MAX_FIRST, Math.max(INITIAL, 2 * (kept + count))));
            }
            bytes.get(first, kept, count);
            kept += count;
        }
    }

    private void keepLast(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), MAX_LAST);
        int before = Math.min(last.length, MAX_LAST - count);
        byte[] end = Arrays.copyOfRange(last, last.length - before, last.length + count);
        bytes.position(bytes.limit() - count);
        bytes.get(end, before, count);
        last = end;
    }

    /** Tells how many of them the engine took. */
    void took(int bytes) {
        taken += bytes;
    }

    long count() {
        return seen;
    }

    byte[] first() {
        return Arrays.copyOf(first, kept);
    }

    byte[] last() {
        return last;
    }

    /** The first record, in which a ClientHello usually is; all if it is not (RFC 8446 sections 4 and 5.1). */
    byte[] hello() {
        boolean whole = kept > RECORD_HEADER + 4 && first[0] == HANDSHAKE;
        int record = whole ? RECORD_HEADER + unsigned(3, 2) : 0;
        int message = whole ? RECORD_HEADER + 4 + unsigned(6, 3) : 0;
        return whole && message <= record && record <= kept ? Arrays.copyOf(first, record) : first();
    }

    private int unsigned(int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (first[at + i] & 0xFF);
        }
        return value;
    }

    /** Forgets the bytes, not their count. */
    void forget() {
        first = NOTHING;
        last = NOTHING;
        kept = 0;
    }
}
