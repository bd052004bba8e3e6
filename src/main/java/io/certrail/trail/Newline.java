package io.certrail.trail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds where lines end. */
public final class Newline {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int STRIDE = 4 * Long.BYTES;
    private static final long SPACES = 0x2020202020202020L;
    private static final long TOPS = 0x8080808080808080L;

    private Newline() {}

    /**
     * Index of the first newline from an index on; {@code to} if there is none. Takes 32 bytes at a time: JSON has no control
     * characters, so the first of them is nearly always the newline.
     */
    public static int first(byte[] array, int from, int to) {
        int i = from;
        while (i <= to - STRIDE && !hasControl(array, i)) {
            i += STRIDE;
        }
        while (i < to && array[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Whether one of 32 bytes is less than a space: then its subtraction borrows from a top bit (Hacker's Delight, 6-1). */
    private static boolean hasControl(byte[] array, int at) {
        long a = (long) LONGS.get(array, at);
        long b = (long) LONGS.get(array, at + 8);
        long c = (long) LONGS.get(array, at + 16);
        long d = (long) LONGS.get(array, at + 24);
        long less = ((a - SPACES) & ~a) | ((b - SPACES) & ~b) | ((c - SPACES) & ~c) | ((d - SPACES) & ~d);
        return (less & TOPS) != 0;
    }
}
