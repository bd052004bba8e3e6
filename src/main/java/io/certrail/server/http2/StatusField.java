package io.certrail.server.http2;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads {@code :status}, the first field of an answer's header block (RFC 9113 section 8.3.2), from the frame that the
 * block begins in (RFC 7541 section 6). Does not follow the dynamic table: of an answer that takes its status from there
 * it is known which it can be, and so the status itself while it can be one only. For one thread at a time.
 */
public final class StatusField {
    public static final int UNKNOWN = -1;

    private static final int PADDED = 0x8;
    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_LENGTH = 5;
    private static final int FIRST_STATIC = 8;
    /** What the static table has from there on. */
    private static final int[] STATIC = {200, 204, 206, 304, 400, 404, 500};

    private static final int FIRST_DYNAMIC = 62;
    private static final int DIGITS = 3;

    /** The statuses that were put into the dynamic table; some of them may have left it since. */
    private final Set<Integer> indexed = new HashSet<>();

    /** That of a connection some of whose header blocks were not seen: what they put into the table can be anything. */
    public static StatusField midway() {
        StatusField status = new StatusField();
        status.indexed.add(UNKNOWN);
        return status;
    }

    /**
     * The status that a HEADERS frame of the server's begins with. To be asked of each one, once.
     *
     * @return {@link #UNKNOWN} if it shows none, as trailers do
     */
    public int read(FrameScanner headers) {
        int at = afterSizeUpdates(headers, fieldsAt(headers));
        if (at >= headers.kept()) {
            return UNKNOWN;
        }
        int first = headers.octet(at);
        if ((first & 0x80) != 0) {
            return indexed(first & 0x7F);
        }
        boolean enters = (first & 0x40) != 0;
        int name = enters ? first & 0x3F : first & 0x0F;
        return isStatic(name) ? literal(headers, at + 1, enters) : UNKNOWN;
    }

    private static int fieldsAt(FrameScanner headers) {
        return (headers.has(PADDED) ? 1 : 0) + (headers.has(PRIORITY) ? PRIORITY_LENGTH : 0);
    }

    /** Behind what tells the size of the dynamic table (section 6.3). */
    private static int afterSizeUpdates(FrameScanner headers, int from) {
        int at = from;
        while (at < headers.kept() && headers.octet(at) >> 5 == 1) {
            boolean continues = (headers.octet(at) & 0x1F) == 0x1F;
            at++;
            while (continues && at < headers.kept()) {
                continues = (headers.octet(at) & 0x80) != 0;
                at++;
            }
        }
        return at;
    }

    private static boolean isStatic(int index) {
        return index >= FIRST_STATIC && index < FIRST_STATIC + STATIC.length;
    }

    private int indexed(int index) {
        if (isStatic(index)) {
            return STATIC[index - FIRST_STATIC];
        }
        return index >= FIRST_DYNAMIC && indexed.size() == 1
                ? indexed.iterator().next()
                : UNKNOWN;
    }

    private int literal(FrameScanner headers, int at, boolean enters) {
        int status = at < headers.kept() ? text(headers, at) : UNKNOWN;
        if (enters) {
            indexed.add(status);
        }
        return status;
    }

    /** Three digits as a string literal (section 5.2). */
    private static int text(FrameScanner headers, int at) {
        int length = headers.octet(at) & 0x7F;
        boolean huffman = (headers.octet(at) & 0x80) != 0;
        if (length > DIGITS || (!huffman && length < DIGITS) || at + length >= headers.kept()) {
            return UNKNOWN;
        }
        int bits = 0;
        for (int i = 1; i <= DIGITS; i++) {
            bits = bits << Byte.SIZE | (i <= length ? headers.octet(at + i) : 0xFF);
        }
        return huffman ? huffmanDigits(bits) : digits(bits);
    }

    private static int digits(int octets) {
        int number = 0;
        for (int shift = 2 * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            int digit = ((octets >> shift) & 0xFF) - '0';
            if (digit < 0 || digit > 9) {
                return UNKNOWN;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Three digits, of 5 or 6 bits each (appendix B): 0 to 2 are 00000 to 00010, 3 to 9 are 011001 to 011111. */
    private static int huffmanDigits(int bits) {
        int number = 0;
        int left = DIGITS * Byte.SIZE;
        for (int i = 0; i < DIGITS; i++) {
            int five = (bits >> (left - 5)) & 0x1F;
            int six = (bits >> (left - 6)) & 0x3F;
            if (five > 2 && (six < 25 || six > 31)) {
                return UNKNOWN;
            }
            number = number * 10 + (five <= 2 ? five : six - 22);
            left -= five <= 2 ? 5 : 6;
        }
        return number;
    }
}
