package io.certrail.tls;

import java.util.ArrayList;
import java.util.List;

/**
 * One handshake message that a client sent in clear: its hello, and with TLS 1.2 what follows up to ChangeCipherSpec.
 *
 * @param body what came of it, without its header
 * @param whole whether all of it came
 */
@SuppressWarnings("ArrayRecordComponent")
record ClearMessage(int type, byte[] body, boolean whole) {
    private static final int HEADER = 4;
    private static final int VERSION_AND_RANDOM = 34;

    /** All of them, in the order received. Of the last one the header may be missing in part. */
    static List<ClearMessage> all(byte[] received, List<TlsRecord> records) {
        List<ClearMessage> messages = new ArrayList<>();
        Octets octets = new Octets(TlsRecord.handshake(received, records));
        while (octets.remaining() > 0) {
            boolean header = octets.remaining() >= HEADER;
            int type = octets.u8();
            int length = octets.u24();
            boolean whole = header && octets.remaining() >= length;
            messages.add(new ClearMessage(type, octets.take(length).rest(), whole));
        }
        return messages;
    }

    /** What came of it, to be read. */
    Octets octets() {
        return new Octets(body);
    }

    /** Whether bytes follow all that belongs to it. JSSE passes over them, and then computes with other bytes than the client. */
    boolean hasTrailingBytes() {
        Octets rest = octets();
        switch (type) {
            case HandshakeType.CLIENT_HELLO -> afterHello(rest);
            case HandshakeType.CERTIFICATE -> rest.vector24();
            case HandshakeType.CERTIFICATE_VERIFY -> {
                rest.u16();
                rest.vector16();
            }
            case HandshakeType.CLIENT_KEY_EXCHANGE -> {
                return whole && !isPoint(octets()) && !isOtherKey(octets());
            }
            default -> {
                return false;
            }
        }
        return whole && !rest.overrun() && rest.remaining() > 0;
    }

    private static void afterHello(Octets hello) {
        hello.take(VERSION_AND_RANDOM);
        hello.vector8();
        hello.vector16();
        hello.vector8();
        if (hello.remaining() > 0) {
            hello.vector16();
        }
    }

    /** RFC 8422 section 5.7. */
    private static boolean isPoint(Octets key) {
        key.vector8();
        return !key.overrun() && key.remaining() == 0;
    }

    /** RFC 5246 section 7.4.7. */
    private static boolean isOtherKey(Octets key) {
        key.vector16();
        return !key.overrun() && key.remaining() == 0;
    }
}
