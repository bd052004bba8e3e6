package io.certrail.scan.probe;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;

/** A ClientHello without extensions, in one record: RFC 5246 section 7.4.1.2. */
final class HandmadeHello {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte HANDSHAKE = 22;
    private static final short RECORD_VERSION = 0x0301;
    private static final short TLS_1_1 = 0x0302;
    private static final short TLS_1_2 = 0x0303;
    private static final int RANDOM_BYTES = 32;

    private HandmadeHello() {}

    /** Of a client that speaks nothing newer than TLS 1.1. */
    static byte[] old() {
        return bytes(TLS_1_1, 0xC009, 0xC00A, 0xC013, 0xC014, 0x002F, 0x0035);
    }

    /** Of a client that knows only RC4 and NULL ciphers. */
    static byte[] weak() {
        return bytes(TLS_1_2, 0x0005, 0x0004, 0x0002, 0x0001);
    }

    /** The first half of a good one. */
    static byte[] half() {
        byte[] hello = bytes(TLS_1_2, 0xC02F, 0xC030, 0xC02B, 0xC02C);
        return Arrays.copyOf(hello, hello.length / 2);
    }

    private static byte[] bytes(short version, int... suites) {
        int body = 2 + RANDOM_BYTES + 1 + 2 + 2 * suites.length + 2;
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + body);
        hello.put(HANDSHAKE).putShort(RECORD_VERSION).putShort((short) (4 + body));
        hello.put((byte) 1).put((byte) 0).putShort((short) body);
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        hello.putShort(version).put(random).put((byte) 0);
        hello.putShort((short) (2 * suites.length));
        for (int suite : suites) {
            hello.putShort((short) suite);
        }
        return hello.put((byte) 1).put((byte) 0).array();
    }
}
