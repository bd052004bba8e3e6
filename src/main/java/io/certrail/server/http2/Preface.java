package io.certrail.server.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The bytes with which a client begins HTTP/2 (RFC 9113 section 3.4). */
public final class Preface {
    private static final byte[] BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    /** How many they are. */
    public static final int LENGTH = BYTES.length;

    private Preface() {}

    /** Whether the first bytes of an array, of which so many count, begin with it. */
    public static boolean begins(byte[] bytes, int length) {
        return length >= LENGTH && Arrays.equals(bytes, 0, LENGTH, BYTES, 0, LENGTH);
    }

    /** Whether the first bytes of an array, of which so many count, are how it begins: all of it, or what came so far. */
    public static boolean mayBegin(byte[] bytes, int length) {
        int count = Math.min(length, LENGTH);
        return Arrays.equals(bytes, 0, count, BYTES, 0, count);
    }
}
