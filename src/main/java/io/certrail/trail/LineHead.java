package io.certrail.trail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How a line begins: time, schema, then <code>"event":{"name":"…","outcome":"…"</code>. What the trail knows of a record's
 * content is its name and its outcome, and these it takes from their place.
 */
final class LineHead {
    /** Between a record's name and its outcome. */
    private static final byte[] BETWEEN = ascii("\",\"outcome\":\"");

    private static final byte[] BEFORE = ascii("\"event\":{\"name\":\"");
    /** Time and schema come before, each shorter than this. */
    private static final int MAX_BEFORE = 160;

    static final int MAX_NAME = 64;
    static final int MAX_OUTCOME = 16;

    private LineHead() {}

    /** Where a record's name begins; -1 if it has none at that place. */
    static int name(byte[] array, int from, int to) {
        int last = Math.min(from + MAX_BEFORE, to) - BEFORE.length;
        for (int i = from; i <= last; i++) {
            if (array[i] == '"' && begins(array, i, to, BEFORE)) {
                return i + BEFORE.length;
            }
        }
        return -1;
    }

    /** Where the outcome ends that follows a name; -1 if none follows, or name or outcome are not words. */
    static int end(byte[] array, int name, int to) {
        int between = quote(array, name, Math.min(to, name + MAX_NAME + 1));
        if (between <= name || !begins(array, between, to, BETWEEN)) {
            return -1;
        }
        int outcome = between + BETWEEN.length;
        int end = quote(array, outcome, Math.min(to, outcome + MAX_OUTCOME + 1));
        return end > outcome ? end : -1;
    }

    /** {@code <name>:<outcome>} of what stands between the two places. */
    static String word(byte[] array, int name, int end) {
        String text = new String(array, name, end - name, StandardCharsets.US_ASCII);
        return text.replace(new String(BETWEEN, StandardCharsets.US_ASCII), ":");
    }

    /** Whether a name's record has this name. */
    static boolean isNamed(byte[] array, int name, int to, byte[] wanted) {
        int end = name + wanted.length;
        return end < to && array[end] == '"' && begins(array, name, to, wanted);
    }

    /** The quote that ends a word; -1 if there is none, or what stands before is none. */
    private static int quote(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] == '"') {
                return i;
            }
            if (!isOfWord(array[i])) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isOfWord(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '-';
    }

    private static boolean begins(byte[] array, int from, int to, byte[] with) {
        return from + with.length <= to && Arrays.equals(array, from, from + with.length, with, 0, with.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
