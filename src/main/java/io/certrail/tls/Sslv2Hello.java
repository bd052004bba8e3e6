package io.certrail.tls;

import java.util.ArrayList;
import java.util.List;

/** The hello of SSL 2.0, which old clients sent for SSL 3.0 and TLS 1.0 too (RFC 6101 appendix E). */
final class Sslv2Hello {
    private static final int CLIENT_HELLO = 1;
    private static final int HEADER = 2;
    /** Type, version and three lengths. */
    private static final int FIXED = 9;

    private Sslv2Hello() {}

    /** Whether the bytes can be nothing else: type, a version that exists, lengths that agree. */
    static boolean isAt(byte[] received) {
        if (received.length < HEADER + FIXED || (received[0] & 0x80) == 0 || received[2] != CLIENT_HELLO) {
            return false;
        }
        int version = TlsRecord.u16(received, 3);
        int suites = TlsRecord.u16(received, 5);
        int length = TlsRecord.u16(received, 0) & 0x7FFF;
        int parts = FIXED + suites + TlsRecord.u16(received, 7) + TlsRecord.u16(received, 9);
        return (version == TlsName.SSL_2 || version >> 8 == 3) && suites % 3 == 0 && length == parts;
    }

    static ClientHello read(byte[] received) {
        Octets octets = new Octets(received);
        int length = octets.u16() & 0x7FFF;
        boolean complete = octets.remaining() >= length;
        octets.u8();
        int version = octets.u16();
        int suites = octets.u16();
        octets.u16();
        octets.u16();
        return new ClientHello(
                true,
                complete,
                null,
                TlsName.SSL_2,
                version,
                List.of(),
                suites(octets.take(suites)),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                false);
    }

    private static List<Integer> suites(Octets list) {
        List<Integer> suites = new ArrayList<>();
        while (list.remaining() >= 3) {
            suites.add(list.u24());
        }
        return suites;
    }
}
