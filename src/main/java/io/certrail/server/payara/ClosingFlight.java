package io.certrail.server.payara;

import org.glassfish.grizzly.Buffer;

/**
 * Tells of encrypted bytes whether they bring data and, behind it, the end of TLS. Of such a read Grizzly's TLS filter drops what
 * it has just decrypted, and no parser hears of it.
 */
final class ClosingFlight {
    /** Record header (RFC 8446 section 5.1, RFC 5246 section 6.2.1): type, version of two bytes, length of two. */
    private static final int HEADER = 5;

    private static final int ALERT = 21;
    private static final int APPLICATION_DATA = 23;
    private static final int CHANGE_CIPHER_SPEC = 20;
    /** Under TLS 1.3 an alert looks like data: two bytes, its type, and the 16 bytes of every AEAD that the JDK has. */
    private static final int ALERT_1_3 = 2 + 1 + 16;
    /** The same from a JDK, which pads. */
    private static final int PADDED_ALERT_1_3 = ALERT_1_3 + 16;

    /** The most that a record of data has besides what it brings. */
    private static final int MOST_OVERHEAD = 24;

    private ClosingFlight() {}

    /**
     * Whether a read has whole records from its first byte to its last, the last of which is an alert by its look, and one before
     * it is data.
     *
     * @param from index of the read's first byte in the buffer
     * @param to index behind its last
     */
    static boolean bringsData(Buffer read, int from, int to) {
        return dataBrought(read, from, to) > 0;
    }

    /**
     * How much that is: so many bytes, or up to seven more for each record; 0 if it is none.
     *
     * @param from index of the read's first byte in the buffer
     * @param to index behind its last
     */
    static int dataBrought(Buffer read, int from, int to) {
        int data = 0;
        int at = from;
        while (at >= 0 && at + HEADER <= to) {
            int type = read.get(at) & 0xFF;
            int length = ((read.get(at + 3) & 0xFF) << 8) | (read.get(at + 4) & 0xFF);
            if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA) {
                return 0;
            }
            boolean alert = isAlert(type, length);
            at += HEADER + length;
            if (at == to) {
                return alert ? data : 0;
            }
            data += type == APPLICATION_DATA && !alert ? Math.max(1, length - MOST_OVERHEAD) : 0;
        }
        return 0;
    }

    private static boolean isAlert(int type, int length) {
        return type == ALERT || (type == APPLICATION_DATA && (length == ALERT_1_3 || length == PADDED_ALERT_1_3));
    }
}
