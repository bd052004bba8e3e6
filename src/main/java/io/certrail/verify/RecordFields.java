package io.certrail.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The few fields of a record that a verification needs, as {@link RecordScanner} found them in an array. For one thread. */
final class RecordFields {
    /** A member that is not there. */
    static final int NONE = -1;

    private static final int MAX_DIGITS = 18;

    byte[] array = new byte[0];
    /** Microseconds since 1970. */
    long time;
    /** Of {@code event.name}; to the end of it, and so on. */
    int nameFrom;

    int nameTo;
    int outcomeFrom;
    int outcomeTo;
    int bootFrom;
    int bootTo;
    /** Of {@code mtls.connection.id}; one with other characters than those given out have is not there. */
    int connectionFrom;

    int connectionTo;
    long sequence;

    void clear(byte[] bytes) {
        array = bytes;
        time = Long.MIN_VALUE;
        nameFrom = outcomeFrom = bootFrom = connectionFrom = NONE;
        nameTo = outcomeTo = bootTo = connectionTo = NONE;
        sequence = NONE;
    }

    /** Whether it has what every record has. */
    boolean isRecord() {
        return time != Long.MIN_VALUE && nameFrom >= 0 && outcomeFrom >= 0 && bootFrom >= 0 && sequence >= 0;
    }

    /** The number of the connection: its id is {@code <boot id>-<number>}; {@link #NONE} if the recorder gave it none. */
    long connectionNumber() {
        int dash = connectionFrom + bootTo - bootFrom;
        int digits = connectionTo - dash - 1;
        boolean numbered = connectionFrom >= 0
                && digits > 0
                && digits <= MAX_DIGITS
                && array[dash] == '-'
                && array[dash + 1] != '0'
                && Arrays.equals(array, connectionFrom, dash, array, bootFrom, bootTo);
        long number = 0;
        for (int i = dash + 1; numbered && i < connectionTo; i++) {
            numbered = array[i] >= '0' && array[i] <= '9';
            number = number * 10 + (array[i] - '0');
        }
        return numbered ? number : NONE;
    }

    /** The text of a field; none of them has escapes. */
    String text(int from, int to) {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
}
