package io.certrail.event;

/** Writes numbers in decimal. */
final class Digits {
    private static final byte[] TENS = new byte[100];
    private static final byte[] UNITS = new byte[100];

    static {
        for (int i = 0; i < 100; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            UNITS[i] = (byte) ('0' + i % 10);
        }
    }

    private Digits() {}

    /**
     * Writes a number in as many digits as it has.
     *
     * @param value not negative
     * @return where it ends
     */
    static int put(long value, byte[] bytes, int at) {
        int end = at + count(value);
        write(value, bytes, at, end);
        return end;
    }

    /** Writes a number in a given number of digits, with zeros before it. */
    static int padded(long value, int digits, byte[] bytes, int at) {
        write(value, bytes, at, at + digits);
        return at + digits;
    }

    private static void write(long value, byte[] bytes, int at, int end) {
        long rest = value;
        int i = end;
        for (; i - at >= 2; i -= 2) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100);
            bytes[i - 1] = UNITS[pair];
            bytes[i - 2] = TENS[pair];
            rest = next;
        }
        if (i > at) {
            bytes[at] = (byte) ('0' + rest);
        }
    }

    private static int count(long value) {
        int count = 1;
        for (long limit = 10; count < 19 && value >= limit; limit *= 10) {
            count++;
        }
        return count;
    }
}
