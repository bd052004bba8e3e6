package io.certrail.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies text that needs no escape, eight characters at a time. */
final class AsciiText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;

    private AsciiText() {}

    /**
     * Copies a text, as long as it is ASCII and needs no escape.
     *
     * @param bytes has room for the text and eight bytes more
     * @return where the copy ends, or -1 if the text must be escaped
     */
    @SuppressWarnings("deprecation") // the only copy of ASCII text that neither allocates nor decodes
    static int put(String text, byte[] bytes, int at) {
        int count = text.length();
        int all = 0;
        for (int i = 0; i < count; i++) {
            all |= text.charAt(i);
        }
        text.getBytes(0, count, bytes, at);
        int end = at + count;
        LONGS.set(bytes, end, ONES * ' ');
        long wrong = 0;
        for (int i = at; i < end; i += 8) {
            wrong |= wrong((long) LONGS.get(bytes, i));
        }
        return all > 0x7F || wrong != 0 ? -1 : end;
    }

    /**
     * Non-zero if any of eight ASCII bytes may not stand raw. Each test carries into a byte's highest bit; as no
     * byte has it set before, none borrows from its neighbour but where that one is wrong itself.
     */
    private static long wrong(long word) {
        long control = word - ONES * ' ';
        long quote = (word ^ ONES * '"') - ONES;
        long backslash = (word ^ ONES * '\\') - ONES;
        long delete = word + ONES;
        return (control | quote | backslash | delete) & HIGHS;
    }
}
