package io.certrail.trail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The form of a line: {@code {…,"sequence":N}}}. Only the trail writes {@code N}, the last member of the last object. */
final class Line {
    /** The longest that may be appended, in bytes. */
    static final int MAX_APPENDED = 16 << 20;
    /** The longest line, without its newline. */
    static final int MAX_LENGTH = MAX_APPENDED + 21;

    private static final byte[] BEFORE_DIGITS = ",\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER_DIGITS = "}}\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 19;

    private Line() {}

    /** Whether the first bytes of an array are a line up to where the digits begin. */
    static boolean isAppendable(byte[] array, int length) {
        int before = length - BEFORE_DIGITS.length;
        return before > 0
                && length <= array.length
                && length <= MAX_APPENDED
                && array[0] == '{'
                && Arrays.equals(array, before, length, BEFORE_DIGITS, 0, BEFORE_DIGITS.length)
                && Newline.first(array, 0, length) == length;
    }

    /** What completes a line: the digits, the brackets and the newline. */
    static byte[] ending(long sequence) {
        int digits = digits(sequence);
        byte[] ending = new byte[digits + AFTER_DIGITS.length];
        long rest = sequence;
        for (int i = digits - 1; i >= 0; i--) {
            ending[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        System.arraycopy(AFTER_DIGITS, 0, ending, digits, AFTER_DIGITS.length);
        return ending;
    }

    private static int digits(long value) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        return count;
    }

    /**
     * The sequence at the end of a line, -1 if it is no line of a trail.
     *
     * @param from index of the line's first byte
     * @param to index after its last byte, which is not the newline
     */
    static long sequence(byte[] array, int from, int to) {
        return from < to && array[from] == '{' ? sequenceAtEnd(array, from, to) : -1;
    }

    /** The same, where only the end of the line is at hand. */
    static long sequenceAtEnd(byte[] array, int from, int to) {
        int end = to - 2;
        if (end <= from || array[end] != '}' || array[end + 1] != '}') {
            return -1;
        }
        int begin = end;
        while (begin > from && end - begin <= MAX_DIGITS && isDigit(array[begin - 1])) {
            begin--;
        }
        int before = begin - BEFORE_DIGITS.length;
        boolean formed = before > from
                && Arrays.equals(array, before, begin, BEFORE_DIGITS, 0, BEFORE_DIGITS.length)
                && (array[begin] != '0' || end - begin == 1);
        return formed ? number(array, begin, end) : -1;
    }

    private static long number(byte[] array, int begin, int end) {
        if (begin == end || end - begin > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = begin; i < end; i++) {
            number = number * 10 + (array[i] - '0');
        }
        return Math.max(number, -1); // 19 digits may be too many for a long by one bit
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
