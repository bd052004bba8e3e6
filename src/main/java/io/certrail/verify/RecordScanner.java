package io.certrail.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the few fields of a record that a verification needs, without parsing all of it. Nearly every line has the form that
 * the encoder gives it: it is compared with that, at its begin and at its end; whatever has another is walked through by a
 * strict parser.
 *
 * <p>Text in a record cannot pass for a field: what is looked for has quotes, and in a JSON string a quote has a backslash
 * before it. So of a line that is JSON with each name once, both ways find what a JSON parser would. For one thread.
 */
final class RecordScanner {
    private static final byte[] TIME = ascii("{\"time\":\"");
    private static final byte[] NAME = ascii("\",\"schema\":\"1\",\"event\":{\"name\":\"");
    private static final byte[] OUTCOME = ascii("\",\"outcome\":\"");
    private static final byte[] DURATION = ascii("\",\"duration_ns\":");
    private static final byte[] ERROR = ascii(",\"error\":{\"type\":\"");
    private static final byte[] MESSAGE = ascii("\",\"message\":\"");
    private static final byte[] ERROR_END = ascii("\"}");
    private static final byte[] CONNECTION = ascii(",\"mtls\":{\"connection\":{\"id\":\"");
    private static final byte[] CONNECTION_END = ascii("\"}}");
    private static final byte[] AUDIT = ascii(",\"audit\":{\"boot_id\":\"");
    private static final byte[] BOOT = ascii("\",\"boot_id\":\"");
    private static final byte[] REFUSED = ascii(",\"audit\":{\"refused_by\":\"");
    private static final byte[] SEQUENCE = ascii(",\"sequence\":");
    private static final int BOOT_LENGTH = 36;
    private static final int MAX_DIGITS = 19;

    private final RecordWalk walk = new RecordWalk();
    /** What records that follow each other mostly share: begin of the time, to its second, and the boot id. */
    private final byte[] lastSecond = new byte[AsciiTime.SECOND_LENGTH];

    private long lastSecondMicros = AsciiTime.NONE;
    private final byte[] lastBoot = ascii("-".repeat(BOOT_LENGTH)); // an id by its form

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /**
     * Finds the fields of the line in a part of an array; false: it is no record.
     *
     * @param fields to be filled
     */
    boolean scan(byte[] array, int from, int to, RecordFields fields) {
        fields.clear(array);
        if (end(array, from, to, fields) && begin(array, from, to, fields)) {
            return true;
        }
        fields.clear(array);
        return walk.scan(array, from, to, fields) && fields.isRecord();
    }

    /** The sequence at the end of a line, whatever else it is; -1 if there is none. */
    static long sequence(byte[] array, int from, int to) {
        int digits = digitsBegin(array, from, to);
        return digits < 0 || !endsWith(array, from, digits, SEQUENCE) ? -1 : number(array, digits, to - 2);
    }

    private static int digitsBegin(byte[] array, int from, int to) {
        int end = to - 2;
        if (end <= from || array[end] != '}' || array[end + 1] != '}') {
            return -1;
        }
        int begin = end;
        while (begin > from && isDigit(array[begin - 1])) {
            begin--;
        }
        boolean formed = begin < end && end - begin <= MAX_DIGITS && (array[begin] != '0' || end - begin == 1);
        return formed ? begin : -1;
    }

    private boolean end(byte[] array, int from, int to, RecordFields fields) {
        int digits = digitsBegin(array, from, to);
        int bootTo = digits - SEQUENCE.length - 1;
        int bootFrom = bootTo - BOOT_LENGTH;
        if (digits < 0 || bootFrom < from || !endsWith(array, from, digits, SEQUENCE)) {
            return false;
        }
        if (array[bootTo] != '"' || !isBoot(array, bootFrom, bootTo)) {
            return false;
        }
        fields.bootFrom = bootFrom;
        fields.bootTo = bootTo;
        fields.sequence = number(array, digits, to - 2);
        return fields.sequence >= 0 && (endsWith(array, from, bootFrom, AUDIT) || isRefusal(array, from, bootFrom));
    }

    private boolean isBoot(byte[] array, int from, int to) {
        if (Arrays.equals(array, from, to, lastBoot, 0, BOOT_LENGTH)) {
            return true;
        }
        boolean id = isId(array, from, to);
        if (id) {
            System.arraycopy(array, from, lastBoot, 0, BOOT_LENGTH);
        }
        return id;
    }

    /** What may stand between {@code audit} and the boot id: who refused a request. */
    private static boolean isRefusal(byte[] array, int from, int bootFrom) {
        if (!endsWith(array, from, bootFrom, BOOT)) {
            return false;
        }
        int begin = bootFrom - BOOT.length;
        while (begin > from && (isLetter(array[begin - 1]) || array[begin - 1] == '-')) {
            begin--;
        }
        return endsWith(array, from, begin, REFUSED);
    }

    private boolean begin(byte[] array, int from, int to, RecordFields fields) {
        int at = after(array, from, to, TIME);
        if (at < 0 || to - at <= AsciiTime.LENGTH) {
            return false;
        }
        fields.time = time(array, at);
        at = after(array, at + AsciiTime.LENGTH, to, NAME);
        if (fields.time == AsciiTime.NONE || at < 0) {
            return false;
        }
        fields.nameFrom = at;
        fields.nameTo = word(array, at, to);
        at = after(array, fields.nameTo, to, OUTCOME);
        if (at < 0) {
            return false;
        }
        fields.outcomeFrom = at;
        fields.outcomeTo = word(array, at, to);
        at = errorEnd(array, eventEnd(array, fields.outcomeTo, to), to);
        return at >= 0 && connection(array, at, to, fields);
    }

    private long time(byte[] array, int at) {
        if (lastSecondMicros != AsciiTime.NONE
                && Arrays.equals(array, at, at + AsciiTime.SECOND_LENGTH, lastSecond, 0, AsciiTime.SECOND_LENGTH)) {
            return AsciiTime.micros(lastSecondMicros, array, at);
        }
        long micros = AsciiTime.micros(array, at);
        if (micros != AsciiTime.NONE) {
            System.arraycopy(array, at, lastSecond, 0, AsciiTime.SECOND_LENGTH);
            lastSecondMicros = AsciiTime.second(micros);
        }
        return micros;
    }

    /** Passes over the duration and the bracket after it; -1 if something else stands there. */
    private static int eventEnd(byte[] array, int from, int to) {
        int at = after(array, from, to, DURATION);
        if (at < 0) {
            return from + 1 < to && array[from] == '"' && array[from + 1] == '}' ? from + 2 : -1;
        }
        while (at < to && isDigit(array[at])) {
            at++;
        }
        return at < to && array[at] == '}' ? at + 1 : -1;
    }

    /** Passes over what went wrong, if something did. */
    private static int errorEnd(byte[] array, int from, int to) {
        int at = from < 0 ? -1 : after(array, from, to, ERROR);
        if (at < 0) {
            return from;
        }
        int type = textEnd(array, at, to);
        int message = after(array, type, to, MESSAGE);
        return after(array, message < 0 ? type : textEnd(array, message, to), to, ERROR_END);
    }

    /** Where the quote stands that ends a text: the first that no backslash escapes. */
    private static int textEnd(byte[] array, int from, int to) {
        int at = from;
        while (at < to && array[at] != '"') {
            at += array[at] == '\\' ? 2 : 1;
        }
        return Math.min(at, to);
    }

    private static boolean connection(byte[] array, int from, int to, RecordFields fields) {
        int at = after(array, from, to, CONNECTION);
        if (at < 0) {
            return false;
        }
        fields.connectionFrom = at;
        while (at < to && (isDigit(array[at]) || isLetter(array[at]) || array[at] == '-')) {
            at++;
        }
        fields.connectionTo = at;
        return after(array, at, to, CONNECTION_END) >= 0;
    }

    private static int word(byte[] array, int from, int to) {
        int at = from;
        while (at < to && (isLetter(array[at]) || array[at] == '.' || array[at] == '_')) {
            at++;
        }
        return at;
    }

    private static int after(byte[] array, int from, int to, byte[] expected) {
        int end = from + expected.length;
        return end <= to && Arrays.equals(array, from, end, expected, 0, expected.length) ? end : -1;
    }

    private static boolean endsWith(byte[] array, int from, int to, byte[] expected) {
        int begin = to - expected.length;
        return begin >= from && Arrays.equals(array, begin, to, expected, 0, expected.length);
    }

    /** Whether a part of an array has the letters of ids that are given out. */
    static boolean isId(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = array[i];
            if (!isDigit(c) && !isLetter(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** The number of up to 19 digits; -1 if it is beyond a long. */
    static long number(byte[] array, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (array[i] - '0');
        }
        return Math.max(number, -1);
    }
}
