package io.certrail.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cursor over bytes that a client sent. Never throws: what is beyond the end reads as zero, and {@link #overrun()}
 * tells. For one thread.
 */
final class Octets {
    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean overrun;

    Octets(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Octets(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    /** Whether more was asked for than there is. */
    boolean overrun() {
        return overrun;
    }

    int u8() {
        if (at >= end) {
            overrun = true;
            return 0;
        }
        return bytes[at++] & 0xFF;
    }

    int u16() {
        return (u8() << 8) | u8();
    }

    int u24() {
        return (u16() << 8) | u8();
    }

    /** The next bytes as a cursor of their own, fewer where there are fewer. */
    Octets take(int length) {
        int taken = Math.min(length, remaining());
        if (taken < length) {
            overrun = true;
        }
        Octets part = new Octets(bytes, at, at + taken);
        at += taken;
        return part;
    }

    /** A vector whose length stands before it in one byte. */
    Octets vector8() {
        return take(u8());
    }

    /** A vector whose length stands before it in two bytes. */
    Octets vector16() {
        return take(u16());
    }

    /** A vector whose length stands before it in three bytes. */
    Octets vector24() {
        return take(u24());
    }

    /** All that remains, as numbers of two bytes; an odd byte at the end counts as overrun. */
    List<Integer> numbers16() {
        List<Integer> numbers = new ArrayList<>(remaining() / 2);
        while (remaining() >= 2) {
            numbers.add(u16());
        }
        if (remaining() > 0) {
            u16();
        }
        return numbers;
    }

    /** All that remains. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }
}
