package io.certrail.tls;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of one TLS record (RFC 8446 section 5.1) among the bytes received.
 *
 * @param type the content type
 * @param version the legacy version, both bytes
 * @param length the length that it claims
 * @param from where its fragment begins
 * @param available how much of the fragment is there
 */
record TlsRecord(int type, int version, int length, int from, int available) {
    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;
    static final int HEARTBEAT = 24;
    static final int HEADER = 5;
    /** Longest fragment of any version, in bytes (RFC 5246 section 6.2.3). */
    static final int MAX_LENGTH = 16384 + 2048;
    /** Longest fragment in clear, in bytes. */
    static final int MAX_PLAINTEXT = 16384;

    /** The records as far as they are records, in the order received. */
    static List<TlsRecord> all(byte[] bytes) {
        List<TlsRecord> records = new ArrayList<>();
        int at = 0;
        while (at + HEADER <= bytes.length && isType(bytes[at]) && bytes[at + 1] == 3) {
            int length = u16(bytes, at + 3);
            int from = at + HEADER;
            int available = Math.min(length, bytes.length - from);
            records.add(new TlsRecord(bytes[at], u16(bytes, at + 1), length, from, available));
            at = from + length;
        }
        return records;
    }

    /** The handshake messages in clear that stand at the front of the records, put together again. */
    static byte[] handshake(byte[] bytes, List<TlsRecord> records) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream(bytes.length);
        for (TlsRecord record : records) {
            if (record.type != HANDSHAKE) {
                break;
            }
            messages.write(bytes, record.from, record.available);
        }
        return messages.toByteArray();
    }

    boolean whole() {
        return available == length;
    }

    static boolean isType(int type) {
        return type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT;
    }

    static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }
}
